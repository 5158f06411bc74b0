package org.bamarrow;

import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bamarrow.bam.BamHeader;
import org.bamarrow.bam.BamHeader.Reference;
import org.bamarrow.bam.Texts;
import org.bamarrow.filter.Regions;
import org.bamarrow.read.BamInput;
import org.bamarrow.read.References;

/** What the output's schema tells of the input and of the options that shaped the output. */
final class SchemaMetadata {
  private SchemaMetadata() {}

  /**
   * @param regions in which the rows lie, as resolved for the inputs
   * @throws BamFormatException if the inputs' references contradict each other
   */
  static Map<String, String> of(
      List<BamInput> inputs, ConvertOptions options, List<Regions> regions)
      throws BamFormatException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("bamarrow.version", Version.current());
    metadata.put(
        "bamarrow.coordinates",
        options.columns().zeroBased() ? "0-based-half-open" : "1-based-inclusive");
    metadata.put("bamarrow.sort_order", inputs.get(0).header().sam().sortOrder());
    metadata.put("bamarrow.options", OptionsJson.of(options, regions));
    metadata.put("bamarrow.files", files(inputs));
    metadata.put("bamarrow.references", references(References.union(inputs)));
    for (int i = 0; i < inputs.size(); i++) {
      header(metadata, i == 0 ? "" : "." + i, inputs.get(i).header());
    }
    return metadata;
  }

  private static void header(Map<String, String> metadata, String suffix, BamHeader header) {
    byte[] text = header.text();
    String utf8 = Texts.utf8OrNull(text, 0, text.length);
    if (utf8 != null) {
      metadata.put("bamarrow.header" + suffix, utf8);
    } else {
      metadata.put("bamarrow.header_base64" + suffix, Base64.getEncoder().encodeToString(text));
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
