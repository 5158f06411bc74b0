/**
 * Spark's predicates and aggregates translated to the core's raw predicates and aggregates, where
 * the core gives exactly the same result. Knows expressions and columns only: no files, no
 * partitions and no plan. May use {@code schema}.
 */
package org.bamarrow.spark.pushdown;
