/**
 * Decodes records into Arrow columns: one decoder per column or family of columns, the schema of
 * the columns, counts of tags. Does not read inputs and does not write. May know {@code bam},
 * {@code base}, {@code convert}, {@code io} and {@code errors}.
 */
package org.bamarrow.internal.column;
