package org.bamarrow.verify;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bamarrow.ColumnOptions;
import org.bamarrow.RegionOptions;
import org.bamarrow.RowOptions;
import org.bamarrow.TagOptions;
import org.bamarrow.bam.BamHeader.Reference;
import org.bamarrow.bam.ByteStringSet;
import org.bamarrow.parts.InputMetadata;

/**
 * The schema metadata of an Arrow file, or of a directory of parts, that bamarrow wrote: the
 * options used, and what it tells of each input.
 */
final class OutputMetadata {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final Map<String, String> metadata;
  private final InputMetadata parts;
  final ColumnOptions columns;
  final TagOptions tags;

  OutputMetadata(Map<String, String> metadata) throws IOException {
    this(metadata, null);
  }

  /**
   * @param parts of a directory with several inputs, which tell of them; null: {@code metadata} do
   */
  OutputMetadata(Map<String, String> metadata, InputMetadata parts) throws IOException {
    this.metadata = metadata;
    this.parts = parts == null || parts.inputs() == 1 ? null : parts;
    JsonNode options = json("bamarrow.options");
    columns = JSON.treeToValue(options.required("columns"), ColumnOptions.class);
    tags = JSON.treeToValue(options.required("tags"), TagOptions.class);
  }

  /**
   * Which records are rows.
   *
   * @param given the filters' lists, where the metadata hold only their digests
   * @throws IllegalArgumentException if a list is needed but not given, or is another
   */
  RowOptions rows(RowOptions given) throws IOException {
    ObjectNode filters = (ObjectNode) json("bamarrow.options").required("rows");
    Set<String> readGroups = list("-r or -R", filters.remove("readGroups"), given.readGroups());
    Set<String> values = list("-d or -D", filters.remove("tagValues"), given.tagValues());
    Set<String> names = list("-N", filters.remove("names"), given.names());
    RowOptions rest = JSON.treeToValue(filters, RowOptions.class);
    if (given.tag() != null && !given.tag().equals(rest.tag())) {
      throw new IllegalArgumentException(
          "-d or -D: the conversion filtered by " + (rest.tag() == null ? "no tag" : rest.tag()));
    }
    return new RowOptions(
        rest.requireFlags(),
        rest.excludeFlags(),
        rest.excludeAllFlags(),
        rest.minMapq(),
        readGroups,
        rest.tag(),
        values,
        names,
        rest.fraction(),
        rest.seed(),
        rest.limit());
  }

  /**
   * The regions in which the rows lie, in all of them, as {@link RegionOptions#texts}.
   *
   * @param given the regions of the conversion, where the metadata hold only their digests
   * @throws IllegalArgumentException if regions are needed but not given, or are others
   */
  List<Set<String>> places(RegionOptions given, List<Reference> references) throws IOException {
    JsonNode kept = json("bamarrow.options").path("regions"); // older files have none
    List<Set<String>> again =
        given.resolve(references).stream()
            .filter(each -> !each.isAll())
            .map(RegionOptions::texts)
            .toList();
    if (!again.isEmpty() && again.size() != kept.size()) {
      throw new IllegalArgumentException(
          "--region and -L: not the regions of the conversion: give both as it had them, or none");
    }
    List<Set<String>> places = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      Set<String> mine = again.isEmpty() ? null : again.get(i);
      places.add(list("--region or -L", kept.get(i).required("places"), mine));
    }
    return places;
  }

  private static Set<String> list(String option, JsonNode kept, Set<String> given) {
    if (kept.isObject()) {
      return byDigest(option, kept, given);
    }
    Set<String> values = new HashSet<>();
    kept.forEach(value -> values.add(value.asText()));
    if (given != null && !given.equals(values)) {
      throw another(option, kept.isNull() ? "none" : "one of " + values.size(), given);
    }
    return kept.isNull() ? null : values;
  }

  private static Set<String> byDigest(String option, JsonNode kept, Set<String> given) {
    long count = kept.required("count").asLong();
    if (given == null) {
      throw new IllegalArgumentException(
          "the conversion filtered by a list of %d values, of which the metadata hold the digest;"
                  .formatted(count)
              + " give the same list again with "
              + option);
    }
    if (!ByteStringSet.of(given).sha256().equals(kept.required("sha256").asText())) {
      throw another(option, "one of " + count, given);
    }
    return Set.copyOf(given);
  }

  private static IllegalArgumentException another(String option, String had, Set<String> given) {
    return new IllegalArgumentException(
        "%s: not the list of the conversion: that had %s, this is one of %d values"
            .formatted(option, had, given.size()));
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

  /** How many inputs there are. */
  int inputs() throws IOException {
    return parts == null ? json("bamarrow.files").size() : parts.inputs();
  }

  /** Of how many of them, from the first on, something is told: not of those behind a limit. */
  int toldInputs() throws IOException {
    if (parts != null) {
      return parts.withParts();
    }
    int all = inputs();
    if (json("bamarrow.options").path("rows").path("limit").asLong(-1) < 0) {
      return all;
    }
    int told = 1;
    while (told < all && input(told).header() != null) {
      told++;
    }
    return told;
  }

  /** Whether each input's metadata stand by themselves, as in the parts of a directory. */
  boolean byInput() {
    return parts != null;
  }

  /** What is told of one input (0-based), read anew. */
  Input input(int index) throws IOException {
    if (parts == null) {
      return new Input(metadata, index, json("bamarrow.files").path(index).asText());
    }
    Map<String, String> own = parts.of(index);
    return new Input(own, 0, JSON.readTree(own.get("bamarrow.files")).path(0).asText());
  }

  /**
   * What is told of one input.
   *
   * @param place its place in the metadata
   * @param file the base name of its file
   */
  record Input(Map<String, String> metadata, int place, String file) {
    /** SAM header text byte for byte, or null where there is none. */
    byte[] header() {
      String suffix = place == 0 ? "" : "." + place;
      String text = metadata.get("bamarrow.header" + suffix);
      if (text != null) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
      String base64 = metadata.get("bamarrow.header_base64" + suffix);
      return base64 == null ? null : Base64.getDecoder().decode(base64);
    }

    /** The sort order, of the first input where the metadata are those of several. */
    String sortOrder() {
      return metadata.getOrDefault("bamarrow.sort_order", "(none)");
    }

    /** The dictionary, of all inputs where the metadata are those of several; null: none. */
    JsonNode references() throws IOException {
      String json = metadata.get("bamarrow.references");
      return json == null ? null : JSON.readTree(json);
    }
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
