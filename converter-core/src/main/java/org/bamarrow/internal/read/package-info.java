/**
 * Reads the records of BAMs in file order with any number of workers: the pipeline of chunks, its
 * ordered gates, ranges and splits, headers of several inputs, the memory plan. Does not decode
 * columns and does not write. May know {@code bam}, {@code bgzf}, {@code base}, {@code convert},
 * {@code io} and {@code errors}.
 */
package org.bamarrow.internal.read;
