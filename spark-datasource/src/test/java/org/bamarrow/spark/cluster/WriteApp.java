package org.bamarrow.spark.cluster;

import org.apache.spark.sql.SparkSession;

/** Writes rows that are made up to the directory named, in three tasks. */
public final class WriteApp {
  /** Of all tasks. */
  static final long ROWS = 60_000;

  private WriteApp() {}

  public static void main(String[] args) {
    SparkSession spark = SparkSession.builder().getOrCreate();
    try {
      spark
          .range(0, ROWS, 1, 3)
          .selectExpr("id", "concat('text of row ', id) text")
          .write()
          .format("bamarrow")
          .mode("append")
          .option("batchRows", 1000)
          .save(args[0]);
    } finally {
      spark.stop();
    }
  }
}
