package org.bamarrow.spark;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The one session of all tests, on two threads; ends with the JVM. */
final class LocalSpark {
  static final SparkSession SESSION =
      SparkSession.builder()
          .master("local[2]")
          .appName("bamarrow tests")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 2)
          .config("spark.sql.warehouse.dir", "target/spark-warehouse")
          .getOrCreate();

  private LocalSpark() {}

  /** Options as pairs of name and value. */
  static Dataset<Row> read(String path, String... options) {
    var reader = SESSION.read().format("bamarrow");
    for (int i = 0; i < options.length; i += 2) {
      reader = reader.option(options[i], options[i + 1]);
    }
    return path == null ? reader.load() : reader.load(path);
  }

  static List<Row> sql(String text) {
    return SESSION.sql(text).collectAsList();
  }
}
