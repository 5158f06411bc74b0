package org.bamarrow.spark.read;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.bamarrow.spark.BamArrowSource;
import org.bamarrow.spark.LocalSpark;

/** Scans without jobs. */
final class Batches {
  private Batches() {}

  /**
   * All columns of a file.
   *
   * @param pairs options by name and value
   */
  static Batch of(Object path, String... pairs) {
    LocalSpark.SESSION.conf(); // the source asks for a session
    Map<String, String> options = new HashMap<>(Map.of("path", path.toString()));
    for (int i = 0; i < pairs.length; i += 2) {
      options.put(pairs[i], pairs[i + 1]);
    }
    CaseInsensitiveStringMap given = new CaseInsensitiveStringMap(options);
    BamArrowSource source = new BamArrowSource();
    SupportsRead table =
        (SupportsRead) source.getTable(source.inferSchema(given), new Transform[0], given);
    return table.newScanBuilder(given).build().toBatch();
  }
}
