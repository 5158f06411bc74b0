package org.bamarrow.spark.cluster;

import org.apache.spark.sql.SparkSession;

/** Writes rows that are made up to the directory named, in three tasks; to folders by a column. */
public final class WriteApp {
  /** Of all tasks. */
  static final long ROWS = 60_000;

  private WriteApp() {}

  public static void main(String[] args) {
    SparkSession spark = SparkSession.builder().getOrCreate();
    try {
      spark
          .range(0, ROWS, 1, 3)
          .selectExpr("id", "concat('text of row ', id) text", "cast(id % 2 AS int) lane")
          .write()
          .format("bamarrow")
          .mode("append")
          .partitionBy(args.length > 1 ? new String[] {args[1]} : new String[0])
          .option("batchRows", 1000)
          .save(args[0]);
    } finally {
      spark.stop();
    }
  }
}
