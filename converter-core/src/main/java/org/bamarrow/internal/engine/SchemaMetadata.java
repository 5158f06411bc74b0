package org.bamarrow.internal.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.internal.bam.Texts;
import org.bamarrow.internal.base.Version;
import org.bamarrow.internal.read.BamInput;

/**
 * The metadata of the schema of an output: its inputs and options. One file describes all inputs;
 * in a directory each part describes its own input only, and the manifest what all inputs have in
 * common, so that the size of the metadata is linear in the number of inputs.
 */
public final class SchemaMetadata {
  static final String FILES = "bamarrow.files";
  private static final String HEADER = "bamarrow.header";
  private static final String HEADER_BASE64 = "bamarrow.header_base64";
  private static final String REFERENCES = "bamarrow.references";
  private static final String VERSION = "bamarrow.version";
  static final String COORDINATES = "bamarrow.coordinates";
  static final String ZERO_BASED = "0-based-half-open"; // the value of coordinates
  static final String OPTIONS = "bamarrow.options";
  private static final String SORT_ORDER = "bamarrow.sort_order";

  /** Bytes of the JSON for a reference, without its name. */
  private static final int BYTES_PER_REFERENCE = 32;

  /** Maximum bytes of the headers in one schema, whatever the heap: strings have 31-bit lengths. */
  private static final int MAX_BYTES = 1 << 30;

  private static final String LARGER_HEAP = "give the JVM a larger heap with -Xmx";

  private SchemaMetadata() {}

  /** The metadata of a file with the rows of all inputs. */
  static Map<String, String> of(
      List<BamInput> inputs,
      List<Reference> references,
      ConvertOptions options,
      List<Regions> regions)
      throws IOException {
    return ofWhole(
        common(options, regions),
        inputs.stream().map(input -> input.source().name()).toList(),
        inputs.stream().map(BamInput::header).toList(),
        references);
  }

  /**
   * The metadata of a file with the rows of all inputs.
   *
   * @param common the metadata that do not depend on the inputs
   * @param names the names of the inputs
   * @param headers the headers of the inputs, or of those that have rows
   * @param references the union of their dictionaries
   * @throws IOException if the headers are too large for one file
   */
  public static Map<String, String> ofWhole(
      Map<String, String> common,
      List<String> names,
      List<BamHeader> headers,
      List<Reference> references)
      throws IOException {
    requireRoom(headers);
    // Always in the same order: it determines the order within a bucket of Arrow's hash map.
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(VERSION, common.get(VERSION));
    metadata.put(COORDINATES, common.get(COORDINATES));
    metadata.put(SORT_ORDER, headers.get(0).sam().sortOrder());
    metadata.putAll(common);
    metadata.put(FILES, files(names));
    metadata.put(REFERENCES, references(references));
    for (int i = 0; i < headers.size(); i++) {
      header(metadata, suffix(i), headers.get(i));
    }
    return metadata;
  }

  /** A schema is built in memory and takes several times the size of its headers. */
  private static void requireRoom(List<BamHeader> headers) throws IOException {
    long max = Math.min(MAX_BYTES, Math.max(64 << 20, Runtime.getRuntime().maxMemory() / 8));
    long bytes = 0;
    BamHeader before = null;
    for (BamHeader header : headers) {
      bytes += header.sam().length();
      if (before == null || header.references() != before.references()) {
        bytes +=
            header.references().names().length
                + (long) BYTES_PER_REFERENCE * header.references().size();
      }
      before = header;
    }
    if (bytes > max) {
      throw new IOException(
          String.format(
              "the headers and dictionaries of the inputs (%d) have %d bytes, more than the %d that"
                  + " one file may contain%s; %s",
              headers.size(),
              bytes,
              max,
              max < MAX_BYTES ? " with this heap" : "",
              headers.size() > 1
                  ? "write a directory of parts" + (max < MAX_BYTES ? ", or " + LARGER_HEAP : "")
                  : max < MAX_BYTES
                      ? LARGER_HEAP
                      : "remove references without records from the header"));
    }
  }

  /** Whether the metadata of a schema have the header of the input. */
  public static boolean hasHeader(Map<String, String> metadata) {
    return metadata.containsKey(HEADER) || metadata.containsKey(HEADER_BASE64);
  }

  /**
   * The header of the input of a part.
   *
   * @param part the metadata of the schema of the part
   * @throws IOException if it has no header
   */
  public static BamHeader headerOf(Map<String, String> part) throws IOException {
    byte[] bytes = headerText(part, 0);
    if (bytes == null) {
      throw new IOException("its schema has no " + HEADER);
    }
    BamHeader header = new BamHeader(bytes, List.of(), 0);
    List<Reference> listed = referencesOf(part);
    List<Reference> references = listed == null ? header.sam().references() : listed;
    if (references == null) {
      throw new IOException(
          "its schema has neither " + REFERENCES + " nor @SQ lines with the references");
    }
    return new BamHeader(bytes, references, 0);
  }

  /**
   * The references that the metadata list, of all inputs whose rows they are of; null if they do
   * not.
   *
   * @throws IOException if they are not valid
   */
  public static List<Reference> referencesOf(Map<String, String> metadata) throws IOException {
    String json = metadata.get(REFERENCES);
    return json == null ? null : parseReferences(json);
  }

  /** The SAM text of the header of an input; null if there is none. */
  static byte[] headerText(Map<String, String> metadata, int input) {
    String suffix = suffix(input);
    String text = metadata.get(HEADER + suffix);
    String base64 = metadata.get(HEADER_BASE64 + suffix);
    return text != null
        ? text.getBytes(StandardCharsets.UTF_8)
        : base64 == null ? null : Base64.getDecoder().decode(base64);
  }

  private static String suffix(int input) {
    return input == 0 ? "" : "." + input;
  }

  /** The metadata that do not depend on the inputs, from those of a directory as a whole. */
  public static Map<String, String> commonOf(Map<String, String> shared) {
    Map<String, String> common = new HashMap<>(shared);
    common
        .keySet()
        .removeIf(
            key ->
                key.equals(FILES)
                    || key.equals(REFERENCES)
                    || key.equals(SORT_ORDER)
                    || key.startsWith(HEADER));
    return common;
  }

  /**
   * The metadata common to all parts of a directory, whatever their inputs.
   *
   * @param regions the regions of the rows, as resolved for the inputs
   */
  static Map<String, String> common(ConvertOptions options, List<Regions> regions) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(VERSION, Version.current());
    metadata.put(
        COORDINATES,
        options.columns().coordinates() == Coordinates.ZERO_BASED
            ? ZERO_BASED
            : "1-based-inclusive");
    metadata.put(OPTIONS, OptionsJson.of(options, regions));
    return metadata;
  }

  /**
   * The metadata of a part of a directory, which is readable without the manifest. The dictionary
   * is written separately only if it differs from the {@code @SQ} lines of the header.
   *
   * @param common the metadata common to all parts
   * @param input the input of the part
   * @throws IOException if its header is too large for one file
   */
  public static Map<String, String> ofPart(Map<String, String> common, BamInput input)
      throws IOException {
    BamHeader header = input.header();
    requireRoom(List.of(header));
    Map<String, String> metadata = new HashMap<>(common);
    metadata.put(SORT_ORDER, header.sam().sortOrder());
    metadata.put(FILES, files(List.of(input.source().name())));
    header(metadata, "", header);
    if (!header.references().equals(header.sam().references())) {
      metadata.put(REFERENCES, references(header.references()));
    }
    return metadata;
  }

  /**
   * The metadata of the manifest: what is common to all parts, and what is equal in all inputs; of
   * a single input, the metadata of one file.
   *
   * @throws IOException if they are too large for one file
   */
  static Map<String, String> shared(Map<String, String> common, List<BamInput> inputs)
      throws IOException {
    BamHeader first = inputs.get(0).header();
    if (inputs.size() == 1) {
      List<String> name = List.of(inputs.get(0).source().name());
      return ofWhole(common, name, List.of(first), first.references());
    }
    Map<String, String> metadata = new LinkedHashMap<>(common);
    if (allEqual(inputs, header -> header.sam().sortOrder())) {
      metadata.put(SORT_ORDER, first.sam().sortOrder());
    }
    if (allEqual(inputs, BamHeader::references)) {
      metadata.put(REFERENCES, references(first.references()));
    }
    if (allEqual(inputs, BamHeader::sam)) {
      header(metadata, "", first);
    }
    return metadata;
  }

  private static boolean allEqual(List<BamInput> inputs, Function<BamHeader, Object> value) {
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

  private static String fileName(String given) {
    Path name = Path.of(given).getFileName();
    return name == null ? given : name.toString();
  }

  private static String files(List<String> names) {
    return OptionsJson.write(
        json -> {
          json.writeStartArray();
          for (String name : names) {
            json.writeString(fileName(name));
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

  private static List<Reference> parseReferences(String json) throws IOException {
    List<Reference> references = new ArrayList<>();
    try (JsonParser parser = new JsonFactory().createParser(json)) {
      String name = null;
      int length = 0;
      for (JsonToken token; (token = parser.nextToken()) != null; ) {
        if (token == JsonToken.FIELD_NAME && parser.currentName().equals("name")) {
          name = parser.nextTextValue();
        } else if (token == JsonToken.FIELD_NAME && parser.currentName().equals("length")) {
          length = parser.nextIntValue(0);
        } else if (token == JsonToken.END_OBJECT) {
          references.add(new Reference(name, length));
        }
      }
    }
    return references;
  }
}
