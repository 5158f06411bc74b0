package org.bamarrow.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.arrow.vector.util.Text;

/**
 * Compares what a manifest tells of the rows of a part with them, as docs/schema.md describes it.
 * Shares no code with the writer.
 */
final class PartZoneCheck {
  private final String part;
  private final JsonNode zone;

  /**
   * @param part for messages
   * @param zone as JSON
   * @throws IOException if it is not JSON
   */
  PartZoneCheck(String part, String zone) throws IOException {
    this.part = part;
    this.zone = new ObjectMapper().readTree(zone);
  }

  /** The columns that are needed, if the file has them. */
  TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    zone.path("statistics").fieldNames().forEachRemaining(names::add);
    if (zone.has("references") || zone.path("sorted").asBoolean()) {
      names.add("rname");
      names.add("pos");
      names.add("end");
    }
    return names;
  }

  /**
   * Compares the zone with the rows.
   *
   * @throws Mismatch if they contradict each other
   */
  void check(ZoneValues rows, RowOrder order) throws Mismatch {
    require("batches", rows.batches, zone.path("batches"));
    if (zone.path("sorted").asBoolean() && !order.isSorted()) {
      throw mismatch("sorted", false, true);
    }
    for (Map.Entry<String, JsonNode> column : zone.path("statistics").properties()) {
      check(column.getKey(), column.getValue(), rows);
      for (Map.Entry<String, JsonNode> field : column.getValue().properties()) {
        if (field.getValue().isObject()) {
          check(column.getKey() + '\0' + field.getKey(), field.getValue(), rows);
        }
      }
    }
    JsonNode flag = zone.path("statistics").path("flag");
    if (flag.has("and") || flag.has("or")) {
      require("flag.and", rows.flagAnd, flag.path("and"));
      require("flag.or", rows.flagOr, flag.path("or"));
    }
    if (zone.has("references")) {
      checkReferences(rows.places);
    }
  }

  private void check(String name, JsonNode told, ZoneValues rows) throws Mismatch {
    String shown = name.replace('\0', '.');
    Values values = rows.columns.get(name);
    if (!told.has("nulls")) {
      return; // not known
    }
    if (values == null) {
      if (rows.rows > 0) {
        throw mismatch(shown, "no values that are known", told);
      }
      return;
    }
    require(shown + ".nulls", values.nulls, told.path("nulls"));
    if (told.has("min") && values.min != null) {
      require(shown + ".min", values.min, told.path("min"));
      require(shown + ".max", values.max, told.path("max"));
    }
  }

  private void checkReferences(Map<Object, Place> places) throws Mismatch {
    Map<Object, Place> told = new HashMap<>();
    for (JsonNode reference : zone.path("references")) {
      Place place = new Place();
      place.rows = reference.path("rows").asLong();
      place.minPos = position(reference.path("pos_min"));
      place.maxPos = position(reference.path("pos_max"));
      place.maxEnd = position(reference.path("end_max"));
      told.put(reference.path("rname").asText(), place);
    }
    if (!places.equals(told)) {
      throw mismatch("references", places, told);
    }
  }

  private static Integer position(JsonNode json) {
    return json.isIntegralNumber() ? Integer.valueOf(json.asInt()) : null;
  }

  private void require(String what, Object expected, JsonNode told) throws Mismatch {
    boolean equal =
        expected instanceof Text
            ? told.isTextual() && expected.toString().equals(told.asText())
            : expected instanceof Float || expected instanceof Double
                ? told.isNumber() && ((Number) expected).doubleValue() == told.asDouble()
                : told.isIntegralNumber()
                    && told.canConvertToLong()
                    && ((Number) expected).longValue() == told.asLong();
    if (!equal) {
      throw mismatch(what, expected, told);
    }
  }

  private Mismatch mismatch(String what, Object expected, Object told) {
    return new Mismatch("(zone of " + part + " in the manifest, " + what + ")", expected, told);
  }
}
