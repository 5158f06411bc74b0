package org.bamarrow.verify;

import static org.bamarrow.errors.OptionKey.QNAME_FILE;
import static org.bamarrow.errors.OptionKey.READ_GROUP;
import static org.bamarrow.errors.OptionKey.READ_GROUP_FILE;
import static org.bamarrow.errors.OptionKey.REGION;
import static org.bamarrow.errors.OptionKey.REGIONS_FILE;
import static org.bamarrow.errors.OptionKey.TAG;
import static org.bamarrow.errors.OptionKey.TAG_FILE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ColumnProfile;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.Regions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.Sentence;
import org.bamarrow.parts.InputMetadata;

/**
 * The schema metadata of an Arrow file, or of a directory of parts, that bamarrow wrote: the
 * options used, and the data of each input.
 */
final class OutputMetadata {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  static final String OPTIONS = "bamarrow.options";
  private static final String FILES = "bamarrow.files";

  private final String name;
  private final Map<String, String> metadata;
  private final InputMetadata parts;
  private final FilterValues lists;
  final ColumnOptions columns;
  final TagOptions tags;

  /**
   * @param name of the file or reader, for messages
   * @throws IOException if bamarrow did not write them, or they are invalid
   */
  OutputMetadata(String name, Map<String, String> metadata) throws IOException {
    this(name, metadata, null);
  }

  /**
   * @param parts of a directory with several inputs, which describe them; null: {@code metadata} do
   */
  OutputMetadata(String name, Map<String, String> metadata, InputMetadata parts)
      throws IOException {
    this.name = name;
    this.metadata = metadata;
    this.parts = parts == null || parts.inputs() == 1 ? null : parts;
    lists = new FilterValues(name);
    JsonNode options = json(OPTIONS);
    columns = columns(options.path("columns"));
    tags = value(options.path("tags"), TagOptions.class);
  }

  /** The metadata have the forms as switches, whatever the option's type is. */
  private ColumnOptions columns(JsonNode node) throws IOException {
    Columns kept = value(node, Columns.class);
    try {
      return new ColumnOptions(
          kept.names,
          kept.zeroBased ? Coordinates.ZERO_BASED : Coordinates.ONE_BASED,
          kept.qualNumbers ? QualForm.NUMBERS : QualForm.TEXT,
          kept.cigarOps ? CigarForm.OPS : CigarForm.TEXT,
          kept.latin1 ? TextEncoding.LATIN_1 : TextEncoding.UTF_8,
          kept.profile == null
              ? ColumnProfile.STANDARD
              : ColumnProfile.valueOf(kept.profile.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException | NullPointerException e) {
      throw broken(OPTIONS, "no such columns", e);
    }
  }

  private record Columns(
      List<String> names,
      boolean zeroBased,
      boolean qualNumbers,
      boolean cigarOps,
      boolean latin1,
      String profile) {}

  /**
   * Which records are rows.
   *
   * @param given the lists of the filters, if the metadata contain only their digests
   * @param regions likewise
   * @param references the names of all references of all inputs
   * @throws IllegalArgumentException if a list is needed but not given, or differs
   */
  RowSteps steps(RowOptions given, RegionOptions regions, Set<String> references)
      throws IOException {
    List<JsonNode> all = new ArrayList<>(List.of(json(OPTIONS)));
    all.get(0).path("then").forEach(all::add);
    List<RowFilter> filters = new ArrayList<>();
    List<Long> limits = new ArrayList<>();
    for (JsonNode step : all) {
      boolean only = all.size() == 1; // else given are the lists of the step that needs them
      RowOptions rows = rows(step, only ? given : RowSteps.needed(step.path("rows"), given));
      boolean regionsNeeded = only || step.path("regions").findValue("sha256") != null;
      List<Set<String>> places =
          places(step, regionsNeeded ? regions : RegionOptions.defaults(), references);
      filters.add(new RowFilter(rows, places));
      limits.add(rows.limit());
    }
    return new RowSteps(filters, limits);
  }

  /**
   * Which records are rows of one conversion.
   *
   * @param step its options
   * @param given the lists of the filters, if the metadata contain only their digests
   * @throws IllegalArgumentException if a list is needed but not given, or differs
   */
  private RowOptions rows(JsonNode step, RowOptions given) throws IOException {
    if (!(step.path("rows") instanceof ObjectNode filters)) {
      throw broken(OPTIONS, "the filters are missing", null);
    }
    Set<String> readGroups =
        lists.values(
            Sentence.of(READ_GROUP, " or ", READ_GROUP_FILE),
            filters.remove("readGroups"),
            given.readGroups());
    Set<String> values =
        lists.values(
            Sentence.of(TAG, " or ", TAG_FILE), filters.remove("tagValues"), given.tagValues());
    Set<String> names =
        lists.values(Sentence.of(QNAME_FILE), filters.remove("names"), given.names());
    RowOptions rest = value(filters, RowOptions.class);
    if (given.tag() != null && !given.tag().equals(rest.tag())) {
      throw new OptionException(
          TAG,
          " or ",
          TAG_FILE,
          ": the conversion filtered by " + (rest.tag() == null ? "no tag" : rest.tag()));
    }
    return rest.withReadGroups(readGroups).withTagValues(values).withNames(names);
  }

  /**
   * The regions in which the rows lie, in all of them, as {@link RegionOptions#texts}.
   *
   * @param step options of the conversion
   * @param given the regions of the conversion, if the metadata contain only their digests
   * @param references the names of all references of all inputs
   * @throws IllegalArgumentException if regions are needed but not given, or differ
   */
  private List<Set<String>> places(JsonNode step, RegionOptions given, Set<String> references)
      throws IOException {
    JsonNode kept = step.path("regions"); // older files have none
    List<Regions> resolved = new ArrayList<>();
    if (!given.regions().isEmpty()) {
      resolved.add(RegionStrings.parse(given.regions(), references));
    }
    if (given.intervals() != null) {
      resolved.add(given.intervals());
    }
    List<Set<String>> again =
        resolved.stream().filter(each -> !each.isAll()).map(RegionOptions::texts).toList();
    if (!again.isEmpty() && again.size() != kept.size()) {
      throw new OptionException(
          REGION,
          " and ",
          REGIONS_FILE,
          ": not the regions of the conversion; give both as for the conversion, or none");
    }
    List<Set<String>> places = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      Set<String> mine = again.isEmpty() ? null : again.get(i);
      places.add(
          lists.values(
              Sentence.of(REGION, " or ", REGIONS_FILE), kept.get(i).path("places"), mine));
    }
    return places;
  }

  /**
   * Header text of the first file, which every output has.
   *
   * @throws IOException if it is missing
   */
  byte[] firstHeader() throws IOException {
    byte[] first = input(0).header();
    if (first == null) {
      throw new IOException(name + ": the schema metadata contain no SAM header");
    }
    return first;
  }

  boolean rogtk() {
    return columns.profile() == ColumnProfile.ROGTK;
  }

  /** The columns of these options, in order. */
  List<String> columnNames() {
    List<String> names = new ArrayList<>(columns.names());
    if (tags.emitsTags()) {
      names.add("tags");
    }
    if (tags.emitsOtherTags()) {
      names.add("other_tags");
    }
    return names;
  }

  /** Number of inputs. */
  int inputs() throws IOException {
    return parts == null ? json(FILES).size() : parts.inputs();
  }

  /** Number of inputs, from the first, that are described: not those after a limit. */
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

  /** Whether the metadata of each input are separate, as in the parts of a directory. */
  boolean byInput() {
    return parts != null;
  }

  /** The description of one input (0-based), read again. */
  InputHeader input(int index) throws IOException {
    if (parts == null) {
      return new InputHeader(name, metadata, index, json(FILES).path(index).asText());
    }
    Map<String, String> own = parts.of(index);
    String file = parse(name, FILES, own.getOrDefault(FILES, "[]")).path(0).asText();
    return new InputHeader(name, own, 0, file);
  }

  /** A value, or {@code (none)}. */
  String text(String key) {
    return metadata.getOrDefault(key, "(none)");
  }

  JsonNode json(String key) throws IOException {
    String value = metadata.get(key);
    if (value == null) {
      throw new IOException(
          name
              + ": the schema metadata have no '"
              + key
              + "', which says how the rows were made of records: not an Arrow file that bamarrow"
              + " wrote, or one that lost its metadata on the way; bamarrow schema shows its"
              + " columns");
    }
    return parse(name, key, value);
  }

  static JsonNode parse(String name, String key, String value) throws IOException {
    try {
      return JSON.readTree(value);
    } catch (JsonProcessingException e) {
      throw broken(name, key, "not valid JSON", e);
    }
  }

  private <T> T value(JsonNode node, Class<T> type) throws IOException {
    try {
      T value = JSON.treeToValue(node, type);
      if (value != null) {
        return value;
      }
    } catch (JsonProcessingException e) {
      throw broken(OPTIONS, e.getOriginalMessage(), e);
    }
    throw broken(OPTIONS, "incomplete", null);
  }

  private IOException broken(String key, String problem, Exception cause) {
    return broken(name, key, problem, cause);
  }

  static IOException broken(String name, String key, String problem, Exception cause) {
    return new IOException(
        name + ": the schema metadata '" + key + "' are not what bamarrow writes: " + problem,
        cause);
  }
}
