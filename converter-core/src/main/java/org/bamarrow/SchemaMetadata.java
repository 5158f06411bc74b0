package org.bamarrow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.bamarrow.bam.BamHeader;
import org.bamarrow.bam.HeaderText;
import org.bamarrow.bam.Texts;
import org.bamarrow.read.BamInput;
import org.bamarrow.read.References;

/** What the output's schema tells of the input and of the options that shaped the output. */
final class SchemaMetadata {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SchemaMetadata() {}

  /**
   * @throws BamFormatException if the inputs' references contradict each other
   */
  static Map<String, String> of(List<BamInput> inputs, ConvertOptions options)
      throws BamFormatException {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("bamarrow.version", Version.current());
    metadata.put(
        "bamarrow.coordinates",
        options.columns().zeroBased() ? "0-based-half-open" : "1-based-inclusive");
    metadata.put("bamarrow.sort_order", HeaderText.sortOrder(inputs.get(0).header()));
    metadata.put("bamarrow.options", json(shaping(options)));
    metadata.put("bamarrow.files", json(inputs.stream().map(SchemaMetadata::fileName).toList()));
    metadata.put("bamarrow.references", json(References.union(inputs)));
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

  /** The options on which the bytes of the output depend; threads and memory are not among them. */
  private static ObjectNode shaping(ConvertOptions options) {
    ObjectNode node = JSON.createObjectNode();
    node.set("columns", JSON.valueToTree(options.columns()));
    node.set("tags", JSON.valueToTree(options.tags()));
    ObjectNode rows = node.putObject("rows");
    rows.setAll((ObjectNode) JSON.valueToTree(options.rows()));
    sorted(rows, "readGroups", options.rows().readGroups());
    sorted(rows, "tagValues", options.rows().tagValues());
    sorted(rows, "names", options.rows().names());
    node.set("batches", JSON.valueToTree(options.batches()));
    node.put("compression", options.output().compression().name());
    node.put("allowMissingEof", options.allowMissingEof());
    return node;
  }

  /** Sets have no order of their own, but the same options must give the same bytes. */
  private static void sorted(ObjectNode node, String name, Set<String> values) {
    if (values != null) {
      node.set(name, JSON.valueToTree(new TreeSet<>(values)));
    }
  }

  private static String fileName(BamInput input) {
    Path name = Path.of(input.source().name()).getFileName();
    return name == null ? input.source().name() : name.toString();
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("options that JSON cannot hold", e);
    }
  }
}
