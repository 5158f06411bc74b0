package org.bamarrow.spark.files;

import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;
import scala.collection.Iterator;

/** The Hadoop configuration for the files of a table. */
final class HadoopSettings {
  private HadoopSettings() {}

  /** That of the session, as other file sources use it, with the {@code fs.*} options. */
  static Configuration of(SparkSession session, Map<String, String> options) {
    Configuration settings = new Configuration(session.sparkContext().hadoopConfiguration());
    Iterator<Tuple2<String, String>> all = session.conf().getAll().iterator();
    while (all.hasNext()) {
      Tuple2<String, String> one = all.next();
      settings.set(one._1(), one._2());
    }
    options.forEach(
        (name, value) -> {
          if (name.toLowerCase(Locale.ROOT).startsWith("fs.")) {
            settings.set(name, value);
          }
        });
    return settings;
  }
}
