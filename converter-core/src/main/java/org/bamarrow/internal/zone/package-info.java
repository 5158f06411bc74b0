/**
 * Zone maps: bounds of the values of consecutive record batches, by which readers find the batches
 * that a condition can accept. They save work and never choose rows: readers evaluate the condition
 * on the rows.
 */
package org.bamarrow.internal.zone;
