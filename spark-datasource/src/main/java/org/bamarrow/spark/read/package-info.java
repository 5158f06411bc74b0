/**
 * Scans: builders that collect what Spark pushes down, the plan and the partitions, on the driver
 * with indexes, and the readers of tasks, whose batches are the core's Arrow vectors. May use
 * {@code options}, {@code files}, {@code schema}, {@code pushdown} and {@code serializer}, but not
 * {@code write}.
 */
package org.bamarrow.spark.read;
