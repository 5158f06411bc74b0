package org.bamarrow.internal.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bamarrow.internal.bam.BamHeader;

/** The headers of the inputs of Arrow data, from the metadata of their schema. */
public final class StoredHeaders {
  /** An input: its file name, without folders, and its header. */
  public record Input(String name, BamHeader header) {}

  private StoredHeaders() {}

  /**
   * The inputs of a file or of a part of a directory, in their order; without those that have no
   * header, because a limit ended the rows before them.
   *
   * <p>The references of one input are those of its binary dictionary. Of several inputs only the
   * union of the dictionaries is stored: their references are those of their {@code @SQ} lines, or
   * the union if there are none.
   *
   * @param metadata of the schema
   * @throws IOException if there is no header
   */
  public static List<Input> of(Map<String, String> metadata) throws IOException {
    BamHeader first = SchemaMetadata.headerOf(metadata);
    List<String> names = names(metadata);
    if (names.size() == 1) {
      return List.of(new Input(names.get(0), first));
    }
    List<Input> inputs = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      byte[] text = SchemaMetadata.headerText(metadata, i);
      if (text == null) {
        break;
      }
      BamHeader header = new BamHeader(text, List.of(), 0);
      boolean stated = header.sam().references() != null && !header.sam().references().isEmpty();
      inputs.add(
          new Input(
              names.get(i),
              new BamHeader(text, stated ? header.sam().references() : first.references(), 0)));
    }
    return inputs;
  }

  /** The file names of the inputs. */
  private static List<String> names(Map<String, String> metadata) throws IOException {
    String json = metadata.get(SchemaMetadata.FILES);
    if (json == null) {
      throw new IOException("its schema has no " + SchemaMetadata.FILES);
    }
    List<String> names = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      for (JsonToken token; (token = parser.nextToken()) != null; ) {
        if (token == JsonToken.VALUE_STRING) {
          names.add(parser.getText());
        }
      }
    }
    return names;
  }
}
