/**
 * Measures conversions on the machine at hand: against its limit, over a grid of settings, and row
 * by row against another reader. Only the command line uses it.
 */
package org.bamarrow.bench;
