package org.bamarrow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bamarrow.bam.BamHeader;
import org.bamarrow.bam.BamHeader.Reference;
import org.bamarrow.bam.Texts;
import org.bamarrow.filter.Regions;
import org.bamarrow.read.BamInput;

/**
 * What the schema of an output tells of the input and of the options that shaped the output. One
 * file tells of all inputs; of a directory each part tells of its own input alone, and the manifest
 * what all have in common, so that what is written grows with the inputs and not with their square.
 */
public final class SchemaMetadata {
  private static final String FILES = "bamarrow.files";
  private static final String HEADER = "bamarrow.header";
  private static final String HEADER_BASE64 = "bamarrow.header_base64";
  private static final String REFERENCES = "bamarrow.references";
  private static final String SORT_ORDER = "bamarrow.sort_order";

  /** A reference's share of the JSON besides its name. */
  private static final int REFERENCE = 32;

  private SchemaMetadata() {}

  /** Of a file that holds the rows of all inputs. */
  static Map<String, String> of(
      List<BamInput> inputs,
      List<Reference> references,
      ConvertOptions options,
      List<Regions> regions)
      throws IOException {
    requireRoom(inputs);
    Map<String, String> metadata = common(options, regions);
    metadata.put(SORT_ORDER, inputs.get(0).header().sam().sortOrder());
    metadata.put(FILES, files(inputs));
    metadata.put(REFERENCES, references(references));
    for (int i = 0; i < inputs.size(); i++) {
      header(metadata, i == 0 ? "" : "." + i, inputs.get(i).header());
    }
    return metadata;
  }

  /** A schema is made in memory, several times as large as the headers in it. */
  private static void requireRoom(List<BamInput> inputs) throws IOException {
    long most = Math.min(1 << 30, Math.max(64 << 20, Runtime.getRuntime().maxMemory() / 8));
    long bytes = 0;
    BamHeader before = null;
    for (BamInput input : inputs) {
      BamHeader header = input.header();
      bytes += header.sam().length();
      if (before == null || header.references() != before.references()) {
        bytes += header.references().names().length + (long) REFERENCE * header.references().size();
      }
      before = header;
    }
    if (bytes > most) {
      throw new IOException(
          String.format(
              "the headers and dictionaries of the %d inputs have %d bytes, over the %d that one"
                  + " file may have of them with this heap; write a directory of parts, or give the"
                  + " JVM more with -Xmx",
              inputs.size(), bytes, most));
    }
  }

  /**
   * What holds for every part of a directory, whatever its input.
   *
   * @param regions in which the rows lie, as resolved for the inputs
   */
  static Map<String, String> common(ConvertOptions options, List<Regions> regions) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("bamarrow.version", Version.current());
    metadata.put(
        "bamarrow.coordinates",
        options.columns().zeroBased() ? "0-based-half-open" : "1-based-inclusive");
    metadata.put("bamarrow.options", OptionsJson.of(options, regions));
    return metadata;
  }

  /**
   * Of a part of a directory: readable without the manifest. The dictionary stands in it once: as
   * the header's {@code @SQ} lines, and only where those do not tell the same by itself.
   *
   * @param common to all parts
   * @param input of the part
   */
  public static Map<String, String> ofPart(Map<String, String> common, BamInput input) {
    Map<String, String> metadata = new HashMap<>(common);
    BamHeader header = input.header();
    metadata.put(SORT_ORDER, header.sam().sortOrder());
    metadata.put(FILES, files(List.of(input)));
    header(metadata, "", header);
    if (!header.sam().tells(header.references())) {
      metadata.put(REFERENCES, references(header.references()));
    }
    return metadata;
  }

  /** Of the manifest: what is the same in all inputs, besides what is common to all parts. */
  static Map<String, String> shared(Map<String, String> common, List<BamInput> inputs) {
    Map<String, String> metadata = new LinkedHashMap<>(common);
    BamHeader first = inputs.get(0).header();
    if (isOne(inputs, header -> header.sam().sortOrder())) {
      metadata.put(SORT_ORDER, first.sam().sortOrder());
    }
    if (isOne(inputs, BamHeader::references)) {
      metadata.put(REFERENCES, references(first.references()));
    }
    if (isOne(inputs, BamHeader::sam)) {
      header(metadata, "", first);
    }
    if (inputs.size() == 1) {
      metadata.put(FILES, files(inputs));
    }
    return metadata;
  }

  private static boolean isOne(List<BamInput> inputs, Function<BamHeader, Object> value) {
    Object first = value.apply(inputs.get(0).header());
    return inputs.stream().allMatch(input -> value.apply(input.header()).equals(first));
  }

  private static void header(Map<String, String> metadata, String suffix, BamHeader header) {
    byte[] text = header.text();
    String utf8 = Texts.utf8OrNull(text, 0, text.length);
    if (utf8 != null) {
      metadata.put(HEADER + suffix, utf8);
    } else {
      metadata.put(HEADER_BASE64 + suffix, Base64.getEncoder().encodeToString(text));
    }
  }

  private static String fileName(BamInput input) {
    Path name = Path.of(input.source().name()).getFileName();
    return name == null ? input.source().name() : name.toString();
  }

  private static String files(List<BamInput> inputs) {
    return OptionsJson.write(
        json -> {
          json.writeStartArray();
          for (BamInput input : inputs) {
            json.writeString(fileName(input));
          }
          json.writeEndArray();
        });
  }

  private static String references(List<Reference> references) {
    return OptionsJson.write(
        json -> {
          json.writeStartArray();
          for (Reference reference : references) {
            json.writeStartObject();
            json.writeStringField("name", reference.name());
            json.writeNumberField("length", reference.length());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }
}
