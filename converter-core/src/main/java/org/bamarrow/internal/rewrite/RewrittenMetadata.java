package org.bamarrow.internal.rewrite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.Regions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.base.Version;
import org.bamarrow.internal.engine.OptionsJson;
import org.bamarrow.internal.engine.StoredRows;

/**
 * The schema metadata of rewritten data: those of the input, with the columns that are left and the
 * filters added, so that {@code verify} knows how the rows are made of records. Metadata of other
 * writers are kept as they are.
 */
final class RewrittenMetadata {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OPTIONS = "bamarrow.options";
  private static final String VERSION = "bamarrow.version";

  /** Key of the options: the filters of later conversions, in order. */
  private static final String THEN = "then";

  private RewrittenMetadata() {}

  /**
   * The new metadata.
   *
   * @param before those of the input
   * @param places the regions as resolved
   * @throws IOException if those of the input are broken
   */
  static Map<String, String> of(
      Map<String, String> before,
      RewrittenColumns columns,
      ArrowOptions options,
      List<Regions> places)
      throws IOException {
    Map<String, String> metadata = new HashMap<>(before);
    if (StoredRows.areConverted(before)) {
      ObjectNode json = parse(before.get(OPTIONS));
      if (!columns.isUnchanged()) {
        columns(json, columns);
      }
      RowOptions rows = options.rows();
      if (options.filters() || rows.limit() >= 0) {
        steps(json).add(parse(OptionsJson.filters(rows, places)));
      }
      if (!options.keepCompression()) {
        json.put("compression", options.output().compression().name());
      }
      if (options.batchRows() > 0 && json.get("batches") instanceof ObjectNode batches) {
        batches.put("rows", options.batchRows());
      }
      metadata.put(OPTIONS, json.toString());
      metadata.put(VERSION, Version.current());
    }
    return metadata;
  }

  private static ObjectNode parse(String json) throws IOException {
    try {
      if (JSON.readTree(json) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new IOException("invalid schema metadata '" + OPTIONS + "': not valid JSON", e);
    }
    throw new IOException("invalid schema metadata '" + OPTIONS + "': not a JSON object");
  }

  private static ArrayNode steps(ObjectNode options) throws IOException {
    if (!options.has(THEN)) {
      return options.putArray(THEN);
    }
    if (options.get(THEN) instanceof ArrayNode steps) {
      return steps;
    }
    throw new IOException("invalid schema metadata '" + OPTIONS + "': " + THEN + " is no array");
  }

  private static void columns(ObjectNode options, RewrittenColumns columns) {
    boolean tags = false;
    boolean otherTags = false;
    List<String> fields = null;
    ObjectNode ofColumns = object(options, "columns");
    ArrayNode names = ofColumns.putArray("names");
    for (Field field : columns.fields()) {
      switch (field.getName()) {
        case RewrittenColumns.TAGS -> {
          tags = true;
          fields = field.getChildren().stream().map(Field::getName).toList();
        }
        case RewrittenColumns.OTHER_TAGS -> otherTags = true;
        default -> names.add(field.getName());
      }
    }
    tags(object(options, "tags"), columns, tags, otherTags, fields);
  }

  /** As a conversion of the BAM that lists the typed tags and writes a part of them. */
  private static void tags(
      ObjectNode options,
      RewrittenColumns columns,
      boolean tags,
      boolean otherTags,
      List<String> fields) {
    List<String> stored = columns.storedTags();
    if (columns.stores(RewrittenColumns.TAGS) && !"LIST".equals(options.path("mode").asText())) {
      options.put("mode", "LIST");
      stored.forEach(options.putArray("listed")::add);
    }
    ObjectNode projection = object(options, "projection");
    if (fields == null) {
      projection.putNull("names");
    } else if (fields.size() < stored.size() || projection.path("names").isArray()) {
      fields.forEach(projection.putArray("names")::add);
    }
    projection.put("tags", tags);
    projection.put("otherTags", otherTags);
  }

  private static ObjectNode object(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode object ? object : parent.putObject(name);
  }
}
