package org.bamarrow.internal.parts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.util.Text;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.io.FileByteSource;

/** What a manifest has to tell of the rows of an Arrow file, found from the values one by one. */
public final class RowTotals {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final boolean text;
  private final ObjectNode zone = JSON.createObjectNode();
  private final Map<String, ObjectNode> references = new LinkedHashMap<>();
  private boolean hasNames;
  private long batches;

  private RowTotals(boolean text) {
    this.text = text;
  }

  /**
   * The object without {@code sorted}.
   *
   * @param text whether text has bounds
   */
  public static JsonNode of(Path file, boolean text) throws IOException {
    RowTotals totals = new RowTotals(text);
    try (BufferAllocator allocator = new RootAllocator();
        IpcBatches source = IpcBatches.open(new FileByteSource(file.toString(), file))) {
      source.selectAll(allocator);
      while (source.next()) {
        totals.batches++;
        totals.add(source.root().getFieldVectors());
      }
    }
    return totals.json();
  }

  private JsonNode json() throws IOException {
    ObjectNode all = JSON.createObjectNode();
    all.put("batches", batches);
    if (hasNames) {
      ArrayNode list = all.putArray("references");
      references.values().forEach(list::add);
    }
    all.set("statistics", zone);
    strip(zone);
    return JSON.readTree(all.toString());
  }

  /** Fields of a struct with nulls have no statistics, and infinite numbers are not in JSON. */
  private static void strip(ObjectNode node) {
    if (node.remove("unknown") != null) {
      node.remove(List.of("nulls", "min", "max"));
    }
    if (node.path("min").isDouble()
        && !(Double.isFinite(node.get("min").asDouble())
            && Double.isFinite(node.get("max").asDouble()))) {
      node.remove(List.of("min", "max"));
    }
    node.forEach(
        child -> {
          if (child instanceof ObjectNode object) {
            strip(object);
          }
        });
  }

  private void add(List<FieldVector> vectors) {
    Map<String, FieldVector> byName = new LinkedHashMap<>();
    for (FieldVector vector : vectors) {
      byName.put(vector.getName(), vector);
      ObjectNode column = zone.withObject("/" + vector.getName());
      add(vector, column, true);
      if (vector instanceof StructVector struct) {
        for (FieldVector child : struct.getChildrenFromFields()) {
          ObjectNode field = column.withObject("/" + child.getName());
          add(child, field, false);
          if (struct.getNullCount() > 0) {
            field.put("unknown", true);
          }
        }
      }
    }
    hasNames = byName.containsKey("rname");
    for (int row = 0; hasNames && row < byName.get("rname").getValueCount(); row++) {
      addPlace(byName, row);
    }
  }

  private void add(FieldVector vector, ObjectNode into, boolean top) {
    into.put("nulls", into.path("nulls").asLong() + vector.getNullCount());
    for (int row = 0; row < vector.getValueCount(); row++) {
      Object value = vector.getObject(row);
      if (value instanceof Float || value instanceof Double) {
        double number = ((Number) value).doubleValue() == 0 ? 0 : ((Number) value).doubleValue();
        boolean less = !into.has("min") || Double.compare(number, into.get("min").asDouble()) < 0;
        boolean more = !into.has("max") || Double.compare(number, into.get("max").asDouble()) > 0;
        into.put("min", less ? number : into.get("min").asDouble());
        into.put("max", more ? number : into.get("max").asDouble());
      } else if (value instanceof Number number && !(value instanceof BigDecimal)) {
        long bits = number.longValue();
        into.put("min", Math.min(bits, into.path("min").asLong(Long.MAX_VALUE)));
        into.put("max", Math.max(bits, into.path("max").asLong(Long.MIN_VALUE)));
        if (top && vector.getName().equals("flag") && !(value instanceof Long)) {
          into.put("and", bits & into.path("and").asLong(-1));
          into.put("or", bits | into.path("or").asLong(0));
        }
      } else if (value instanceof Text && text) {
        String name = value.toString();
        if (!into.has("min") || compare(name, into.get("min").asText()) < 0) {
          into.put("min", name);
        }
        if (!into.has("max") || compare(name, into.get("max").asText()) > 0) {
          into.put("max", name);
        }
      }
    }
  }

  private static int compare(String one, String two) {
    return Arrays.compareUnsigned(
        one.getBytes(java.nio.charset.StandardCharsets.UTF_8),
        two.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private void addPlace(Map<String, FieldVector> vectors, int row) {
    Object name = vectors.get("rname").getObject(row);
    if (name == null) {
      return;
    }
    ObjectNode place =
        references.computeIfAbsent(
            name.toString(), same -> JSON.createObjectNode().put("rname", same));
    place.put("rows", place.path("rows").asLong() + 1);
    if (vectors.get("pos").getObject(row) instanceof Integer pos) {
      place.put("pos_min", Math.min(pos, place.path("pos_min").asInt(Integer.MAX_VALUE)));
      place.put("pos_max", Math.max(pos, place.path("pos_max").asInt(Integer.MIN_VALUE)));
    }
    if (vectors.get("end").getObject(row) instanceof Integer end) {
      place.put("end_max", Math.max(end, place.path("end_max").asInt(Integer.MIN_VALUE)));
    }
  }
}
