package org.bamarrow.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * The schema metadata about one input.
 *
 * @param name of the Arrow file or directory, for messages
 * @param place its number in the metadata
 * @param file the base name of its file
 */
record InputHeader(String name, Map<String, String> metadata, int place, String file) {
  private static final String REFERENCES = "bamarrow.references";

  /** SAM header text byte for byte, or null if there is none. */
  byte[] header() throws IOException {
    String suffix = place == 0 ? "" : "." + place;
    String text = metadata.get("bamarrow.header" + suffix);
    if (text != null) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    String key = "bamarrow.header_base64" + suffix;
    String base64 = metadata.get(key);
    try {
      return base64 == null ? null : Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw OutputMetadata.broken(name, key, "not valid Base64", e);
    }
  }

  /** The sort order, of the first input if the metadata describe several. */
  String sortOrder() {
    return metadata.getOrDefault("bamarrow.sort_order", "(none)");
  }

  /** The dictionary, of all inputs if the metadata describe several; null: none. */
  JsonNode references() throws IOException {
    String json = metadata.get(REFERENCES);
    if (json == null) {
      return null;
    }
    JsonNode references = OutputMetadata.parse(name, REFERENCES, json);
    for (JsonNode reference : references) {
      if (!reference.path("name").isTextual() || !reference.path("length").isInt()) {
        throw OutputMetadata.broken(name, REFERENCES, "a reference has no name or length", null);
      }
    }
    return references;
  }
}
