/**
 * Joins of reads with intervals: {@link org.bamarrow.spark.interval.IntervalJoin}, for programs
 * that use the data source.
 */
package org.bamarrow.spark.interval;
