package org.bamarrow.benchmarks.spark;

import org.apache.spark.sql.SparkSession;

/**
 * A BAM through Spark's rows into a directory.
 *
 * <p>usage: WriteJob BAM FORMAT DIRECTORY
 */
public final class WriteJob {
  private WriteJob() {}

  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().getOrCreate();
    spark
        .read()
        .format("bamarrow")
        .load(arguments[0])
        .write()
        .format(arguments[1])
        .mode("append")
        .save(arguments[2]);
    spark.stop();
  }
}
