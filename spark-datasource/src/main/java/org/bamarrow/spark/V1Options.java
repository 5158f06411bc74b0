package org.bamarrow.spark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.catalyst.util.CaseInsensitiveMap;
import scala.Tuple2;
import scala.collection.Iterator;

/**
 * What Spark passes to a source of the V1 interfaces.
 *
 * @param options of the table or write, with the names as the user has written them
 * @param partitionColumns of {@code partitionBy}
 */
record V1Options(Map<String, String> options, String[] partitionColumns) {
  /** Spark's own keys among the options begin like this. */
  private static final String INTERNAL = "__";

  private static final String PARTITION_COLUMNS = "__partition_columns";
  private static final String[] NONE = {};

  static V1Options of(scala.collection.immutable.Map<String, String> parameters) {
    Map<String, String> options = new HashMap<>();
    String[] columns = NONE;
    Iterator<Tuple2<String, String>> all = spelled(parameters).iterator();
    while (all.hasNext()) {
      Tuple2<String, String> option = all.next();
      if (option._1().equalsIgnoreCase(PARTITION_COLUMNS)) {
        columns = columns(option._2());
      } else if (!option._1().startsWith(INTERNAL)) {
        options.put(option._1(), option._2());
      }
    }
    return new V1Options(options, columns);
  }

  /** The iterator of Spark's map has the names in lower case, but those of Hadoop have capitals. */
  private static scala.collection.immutable.Map<String, String> spelled(
      scala.collection.immutable.Map<String, String> parameters) {
    return parameters instanceof CaseInsensitiveMap<String> map ? map.originalMap() : parameters;
  }

  private static String[] columns(String json) {
    try {
      return new ObjectMapper().readValue(json, String[].class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(PARTITION_COLUMNS + ": " + json, e);
    }
  }
}
