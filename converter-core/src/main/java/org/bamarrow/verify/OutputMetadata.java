package org.bamarrow.verify;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bamarrow.ColumnOptions;
import org.bamarrow.RowOptions;
import org.bamarrow.TagOptions;

/** The schema metadata of an Arrow file that bamarrow wrote: the options used, the header. */
final class OutputMetadata {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Map<String, String> metadata;
  final ColumnOptions columns;
  final RowOptions rows;
  final TagOptions tags;

  OutputMetadata(Map<String, String> metadata) throws IOException {
    this.metadata = metadata;
    JsonNode options = json("bamarrow.options");
    columns = JSON.treeToValue(options.required("columns"), ColumnOptions.class);
    rows = JSON.treeToValue(options.required("rows"), RowOptions.class);
    tags = JSON.treeToValue(options.required("tags"), TagOptions.class);
  }

  boolean rogtk() {
    return "rogtk".equals(columns.profile());
  }

  /** The columns that these options give, in order. */
  List<String> columnNames() {
    if (rogtk()) {
      return ColumnOptions.ROGTK;
    }
    List<String> names = new ArrayList<>(columns.names());
    if (tags.emitsTags()) {
      names.add("tags");
    }
    if (tags.emitsOtherTags()) {
      names.add("other_tags");
    }
    return names;
  }

  /** SAM header text of file {@code index} (0-based) byte for byte, or null where there is none. */
  byte[] header(int index) {
    String suffix = index == 0 ? "" : "." + index;
    String text = metadata.get("bamarrow.header" + suffix);
    if (text != null) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    String base64 = metadata.get("bamarrow.header_base64" + suffix);
    return base64 == null ? null : Base64.getDecoder().decode(base64);
  }

  /** A value, or {@code (none)}. */
  String text(String key) {
    return metadata.getOrDefault(key, "(none)");
  }

  JsonNode json(String key) throws IOException {
    String value = metadata.get(key);
    if (value == null) {
      throw new IOException(
          "the schema metadata have no '" + key + "': not an Arrow file that bamarrow wrote");
    }
    return JSON.readTree(value);
  }
}
