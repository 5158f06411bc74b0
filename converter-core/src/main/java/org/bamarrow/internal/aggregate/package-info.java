/**
 * Aggregates (COUNT, SUM, MIN, MAX, optionally by group): one description, {@code RawAggregation},
 * and two evaluators, {@code Aggregator} for the raw bytes of records and {@code BatchAggregator}
 * for record batches and their zones. Does not read inputs itself. May know {@code read}, {@code
 * filter}, {@code zone}, {@code bam}, {@code base} and {@code io}.
 */
package org.bamarrow.internal.aggregate;
