package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.LocalSpark;

/** Compares filters that were pushed down with Spark's own evaluation, in one job for many. */
final class Expected {
  private final Map<String, List<Long>> rows = new HashMap<>();

  /**
   * @param conditions SQL
   */
  Expected(Path file, List<String> conditions, String... options) {
    String[] without =
        Stream.concat(Stream.of("pushdown", "false"), Stream.of(options)).toArray(String[]::new);
    String[] columns =
        Stream.concat(conditions.stream(), Stream.of("_voffset")).toArray(String[]::new);
    conditions.forEach(condition -> rows.put(condition, new ArrayList<>()));
    for (Row row : LocalSpark.read(file, without).selectExpr(columns).collectAsList()) {
      for (int i = 0; i < conditions.size(); i++) {
        if (!row.isNullAt(i) && row.getBoolean(i)) {
          rows.get(conditions.get(i)).add(row.getLong(conditions.size()));
        }
      }
    }
  }

  /** Virtual offsets of the records for which a condition is true. */
  List<Long> rows(String condition) {
    return rows.get(condition);
  }

  /**
   * Asserts that every one of the conditions is pushed down as a whole, and gives the same records.
   *
   * @return the plans by condition
   */
  static Map<String, String> assertSame(Path file, List<String> conditions, String... options) {
    return new Expected(file, conditions, options).assertSame(file, options);
  }

  /** As the other one, for any options that leave all records where they are. */
  Map<String, String> assertSame(Path file, String... options) {
    return rows.keySet().stream()
        .collect(
            Collectors.toMap(
                condition -> condition,
                condition -> {
                  Dataset<Row> query =
                      LocalSpark.read(file, options).filter(condition).select("_voffset");
                  String plan = Plans.text(query);
                  assertFalse(plan.contains("Filter ("), () -> condition + ": " + plan);
                  assertEquals(
                      rows(condition),
                      plan.contains("BatchScan") ? Plans.scanned(query) : List.of(),
                      () -> condition + ": " + plan);
                  return plan;
                }));
  }
}
