package org.bamarrow.internal.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.TagsMode;

/**
 * What the metadata of a schema say about the values of its rows: what filters need to know. Data
 * of others have no such metadata; they are read like those with default options.
 *
 * @param zeroBased whether {@code pos} and {@code pnext} are 0-based
 * @param latin1 whether the text of the BAM was decoded as Latin-1
 * @param typedTags tags whose values are not in {@code other_tags}, even if {@code tags} or their
 *     field has been left out
 */
public record StoredRows(boolean zeroBased, boolean latin1, Set<String> typedTags) {

  /**
   * Reads the metadata of a schema.
   *
   * @throws IOException if they are not what bamarrow writes
   */
  public static StoredRows of(Map<String, String> metadata) throws IOException {
    String coordinates = metadata.get(SchemaMetadata.COORDINATES);
    String options = metadata.getOrDefault(SchemaMetadata.OPTIONS, "{}");
    boolean latin1 = false;
    boolean list = false;
    boolean overflow = false;
    Set<String> listed = new HashSet<>();
    try (JsonParser parser = new JsonFactory().createParser(options)) {
      for (JsonToken token; (token = parser.nextToken()) != null; ) {
        if (token != JsonToken.FIELD_NAME) {
          continue;
        }
        switch (parser.currentName()) {
          case "latin1" -> latin1 = Boolean.TRUE.equals(parser.nextBooleanValue());
          case "mode" -> list = TagsMode.LIST.name().equals(parser.nextTextValue());
          case "other" -> overflow = OtherTags.OVERFLOW.name().equals(parser.nextTextValue());
          case "listed" -> {
            if (parser.nextToken() == JsonToken.START_ARRAY) {
              for (String type; (type = parser.nextTextValue()) != null; ) {
                listed.add(type.split(":")[0]);
              }
            }
          }
          default -> {}
        }
      }
    }
    boolean zeroBased = SchemaMetadata.ZERO_BASED.equals(coordinates);
    return new StoredRows(zeroBased, latin1, list && overflow ? listed : Set.of());
  }

  /** Whether the rows are records of a BAM, by the metadata of a schema. */
  public static boolean areConverted(Map<String, String> metadata) {
    return metadata.containsKey(SchemaMetadata.OPTIONS);
  }
}
