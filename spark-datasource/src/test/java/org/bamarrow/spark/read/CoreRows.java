package org.bamarrow.spark.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.sql.Row;
import org.bamarrow.BamArrowReader;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.io.ByteSources;
import scala.jdk.javaapi.CollectionConverters;

/** Rows as text, for comparing: the core's own, and Spark's in the same words. */
public final class CoreRows {
  private CoreRows() {}

  /** All rows of files in the core's words. */
  public static List<String> of(ConvertOptions options, Path... files) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path file : files) {
      names.add(file.toString());
    }
    List<String> rows = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator();
        BamArrowReader reader =
            new BamArrowReader(ByteSources.openAll(names), options, allocator)) {
      while (reader.loadNextBatch()) {
        VectorSchemaRoot root = reader.getVectorSchemaRoot();
        for (int row = 0; row < root.getRowCount(); row++) {
          List<String> values = new ArrayList<>();
          for (FieldVector vector : root.getFieldVectors()) {
            values.add(shortened(text(vector.getName(), vector.getObject(row))));
          }
          rows.add(values.toString());
        }
      }
    }
    return rows;
  }

  /** Spark's rows in the core's words. */
  public static List<String> of(List<Row> rows) {
    return rows.stream().map(CoreRows::text).toList();
  }

  private static String text(Row row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(shortened(text(row.schema().fields()[i].name(), row.get(i))));
    }
    return values.toString();
  }

  private static String text(String column, Object value) {
    if (value instanceof Row struct) {
      Map<String, String> fields = new TreeMap<>();
      for (int i = 0; i < struct.size(); i++) {
        if (!struct.isNullAt(i)) {
          String name = struct.schema().fields()[i].name();
          fields.put(name, text(name, struct.get(i)));
        }
      }
      return fields.toString();
    }
    if (value instanceof scala.collection.Map<?, ?> map) {
      Map<String, String> entries = new TreeMap<>();
      CollectionConverters.asJava(map)
          .forEach((key, text) -> entries.put(key.toString(), text.toString()));
      return entries.toString();
    }
    if (value instanceof scala.collection.Seq<?> list) {
      return CollectionConverters.asJava(list).stream()
          .map(v -> text("item", v))
          .toList()
          .toString();
    }
    if (value instanceof List<?> list && column.equals("other_tags")) {
      Map<String, String> entries = new TreeMap<>();
      for (Object entry : list) {
        Map<?, ?> fields = (Map<?, ?>) entry;
        entries.put(fields.get("key").toString(), fields.get("value").toString());
      }
      return entries.toString();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(v -> text("item", v)).toList().toString();
    }
    if (value instanceof Map<?, ?> struct) {
      Map<String, String> fields = new TreeMap<>();
      struct.forEach(
          (name, v) -> {
            if (v != null) {
              fields.put(name.toString(), text(name.toString(), v));
            }
          });
      return fields.toString();
    }
    return shortened(String.valueOf(value));
  }

  /** Some reads have megabases. */
  private static String shortened(String text) {
    return text.length() < 500 ? text : text.length() + " characters #" + text.hashCode();
  }
}
