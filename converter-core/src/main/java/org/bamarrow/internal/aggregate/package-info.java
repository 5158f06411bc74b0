/**
 * Aggregates (COUNT, SUM, MIN, MAX, optionally by group) from the raw bytes of records, without
 * decoding columns. Does not read inputs itself: an aggregator is a handler of the pipeline. May
 * know {@code read}, {@code filter}, {@code bam}, {@code base} and {@code io}.
 */
package org.bamarrow.internal.aggregate;
