package org.bamarrow.benchmarks.spark;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Starts Spark, runs tasks that do nothing and ends: what any job pays, without any SQL. */
public final class EmptyJob {
  private EmptyJob() {}

  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().getOrCreate();
    JavaSparkContext.fromSparkContext(spark.sparkContext()).parallelize(List.of(1, 2), 2).count();
    spark.stop();
  }
}
