package org.bamarrow.internal.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Map;

/**
 * What the metadata of a schema say about the values of its rows: what filters need to know. Data
 * of others have no such metadata; they are read like those with default options.
 *
 * @param zeroBased whether {@code pos} and {@code pnext} are 0-based
 * @param latin1 whether the text of the BAM was decoded as Latin-1
 */
public record StoredRows(boolean zeroBased, boolean latin1) {
  private static final String LATIN_1 = "latin1"; // of the columns, in the options

  /**
   * Reads the metadata of a schema.
   *
   * @throws IOException if they are not what bamarrow writes
   */
  public static StoredRows of(Map<String, String> metadata) throws IOException {
    String coordinates = metadata.get(SchemaMetadata.COORDINATES);
    boolean latin1 = latin1(metadata.getOrDefault(SchemaMetadata.OPTIONS, "{}"));
    return new StoredRows(SchemaMetadata.ZERO_BASED.equals(coordinates), latin1);
  }

  private static boolean latin1(String options) throws IOException {
    boolean latin1 = false;
    try (JsonParser parser = new JsonFactory().createParser(options)) {
      for (JsonToken token; (token = parser.nextToken()) != null; ) {
        if (token == JsonToken.FIELD_NAME && parser.currentName().equals(LATIN_1)) {
          latin1 = Boolean.TRUE.equals(parser.nextBooleanValue());
        }
      }
    }
    return latin1;
  }
}
