package org.bamarrow.verify;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.ipc.IpcBatches;

/**
 * Compares the zone map of an Arrow file with the values in its record batches, by the table as
 * docs/schema.md describes it: counts, minima and maxima have to be equal. Shares no code with the
 * writer.
 */
final class ZoneCheck {
  private final IpcBatches file;
  private final VectorSchemaRoot table;
  private final StructVector statistics;
  private int next;

  private ZoneCheck(IpcBatches file, VectorSchemaRoot table) {
    this.file = file;
    this.table = table;
    this.statistics = (StructVector) table.getVector("statistics");
  }

  /**
   * Reads all batches of a file.
   *
   * @param file stays the caller's; nothing has been selected
   * @param part what a manifest tells of the rows; null: nothing
   * @param allocator stays the caller's, who closes it after the file
   * @throws Mismatch if a batch contradicts what the zone map says of it, or the rows contradict
   *     the manifest
   * @throws IOException if the file or its zone map cannot be read
   */
  static void check(IpcBatches file, PartZoneCheck part, BufferAllocator allocator)
      throws IOException, Mismatch {
    try (IpcBatches zones = file.zones().openTable()) {
      if (zones == null && part == null) {
        return;
      }
      ZoneCheck check = null;
      if (zones != null) {
        zones.selectAll(allocator);
        check = zones.next() ? new ZoneCheck(file, zones.root()) : null;
      }
      TreeSet<String> names = check == null ? new TreeSet<>() : check.names();
      names.addAll(part == null ? List.of() : part.names());
      List<Field> fields = file.schema().getFields();
      names.removeIf(name -> fields.stream().noneMatch(field -> field.getName().equals(name)));
      file.select(List.copyOf(names), 0, Long.MAX_VALUE, allocator);
      ZoneValues total = new ZoneValues();
      RowOrder order = new RowOrder();
      boolean more = check != null;
      while (more) {
        for (int row = 0; row < zones.root().getRowCount(); row++) {
          total.addAll(check.zone(row, order));
        }
        more = zones.next();
      }
      while (file.next()) {
        if (zones != null) {
          throw new Mismatch(
              "(zone map)", (check == null ? 0 : check.next) + " batches", "another batch");
        }
        total.add(file.root());
        order.add(file.root());
      }
      if (part != null) {
        part.check(total, order);
      }
    }
  }

  /** The top-level columns that have statistics. */
  private TreeSet<String> names() {
    TreeSet<String> names = new TreeSet<>();
    statistics.getField().getChildren().forEach(field -> names.add(field.getName()));
    return names;
  }

  /** Compares a zone with its batches, and returns what they have. */
  private ZoneValues zone(int row, RowOrder order) throws IOException, Mismatch {
    ZoneValues found = new ZoneValues();
    require(row, "batch", next, number(table.getVector("batch"), row));
    long batches = number(table.getVector("batches"), row);
    for (long i = 0; i < batches; i++) {
      if (!file.next()) {
        throw new Mismatch("(zone map)", batches + " batches from " + next, "the end of the file");
      }
      found.add(file.root());
      order.add(file.root());
    }
    require(row, "rows", found.rows, number(table.getVector("rows"), row));
    for (Map.Entry<String, Values> column : found.columns.entrySet()) {
      check(row, column.getKey(), struct(column.getKey()), column.getValue());
    }
    StructVector flag = struct("flag");
    if (flag != null && flag.getChild("and") != null && !flag.getChild("and").isNull(row)) {
      require(row, "flag.and", (long) found.flagAnd, number(flag.getChild("and"), row));
      require(row, "flag.or", (long) found.flagOr, number(flag.getChild("or"), row));
    }
    checkReferences(row, found.places);
    next += (int) batches;
    return found;
  }

  private static long number(FieldVector vector, int row) {
    return ((Number) vector.getObject(row)).longValue();
  }

  private StructVector struct(String column) {
    StructVector struct = statistics;
    for (String name : column.split("\0")) {
      struct = struct != null && struct.getChild(name) instanceof StructVector child ? child : null;
    }
    return struct;
  }

  private void check(int row, String name, StructVector struct, Values values) throws Mismatch {
    String shown = name.replace('\0', '.');
    FieldVector nulls = struct == null ? null : struct.getChild("nulls");
    if (nulls == null || nulls.isNull(row)) {
      return; // not known
    }
    require(row, shown + ".nulls", values.nulls, number(nulls, row));
    FieldVector min = struct.getChild("min");
    FieldVector max = struct.getChild("max");
    if (min == null || min.isNull(row) || values.min == null) {
      return;
    }
    boolean equal =
        Values.compare(min.getObject(row), values.min) == 0
            && Values.compare(max.getObject(row), values.max) == 0;
    if (!equal) {
      throw mismatch(
          row,
          shown,
          values.min + " to " + values.max,
          min.getObject(row) + " to " + max.getObject(row));
    }
  }

  private void checkReferences(int row, Map<Object, Place> places) throws Mismatch {
    FieldVector references = table.getVector("references");
    if (references == null || references.isNull(row)) {
      return;
    }
    Map<Object, Place> told = new HashMap<>();
    for (Object each : (List<?>) references.getObject(row)) {
      Map<?, ?> reference = (Map<?, ?>) each;
      Place place = new Place();
      place.rows = ((Number) reference.get("rows")).longValue();
      place.minPos = (Integer) reference.get("pos_min");
      place.maxPos = (Integer) reference.get("pos_max");
      place.maxEnd = (Integer) reference.get("end_max");
      told.put(reference.get("rname").toString(), place);
    }
    if (!places.equals(told)) {
      throw mismatch(row, "references", places, told);
    }
  }

  private void require(int row, String what, long expected, long found) throws Mismatch {
    if (expected != found) {
      throw mismatch(row, what, expected, found);
    }
  }

  private Mismatch mismatch(int row, String what, Object expected, Object found) {
    return new Mismatch("(zone map, row " + row + ", " + what + ")", expected, found);
  }
}
