package org.bamarrow.spark;

import java.util.List;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.bamarrow.spark.serializer.JavaSerialized;

/**
 * The one session of all tests, on two threads; ends with the JVM. With the system property {@code
 * bamarrow.kryo} it serializes with Kryo, which then accepts registered classes only.
 */
public final class LocalSpark {
  private static final boolean KRYO = Boolean.getBoolean("bamarrow.kryo");

  public static final SparkSession SESSION =
      SparkSession.builder()
          .config(
              "spark.serializer",
              "org.apache.spark.serializer." + (KRYO ? "KryoSerializer" : "JavaSerializer"))
          .config("spark.kryo.registrationRequired", KRYO)
          .config("spark.kryo.classesToRegister", JavaSerialized.class.getName())
          .master("local[2]")
          .appName("bamarrow tests")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 2)
          .config("spark.sql.warehouse.dir", "target/spark-warehouse")
          .getOrCreate();

  private LocalSpark() {}

  /**
   * @param path null: none
   * @param options pairs of name and value
   */
  public static Dataset<Row> read(Object path, String... options) {
    DataFrameReader reader = reader(options);
    return path == null ? reader.load() : reader.load(path.toString());
  }

  public static DataFrameReader reader(String... options) {
    DataFrameReader reader = SESSION.read().format("bamarrow");
    for (int i = 0; i < options.length; i += 2) {
      reader = reader.option(options[i], options[i + 1]);
    }
    return reader;
  }

  public static List<Row> sql(String text) {
    return SESSION.sql(text).collectAsList();
  }
}
