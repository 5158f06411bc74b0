package org.bamarrow.internal.ipc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.convert.Format;
import org.bamarrow.internal.zone.ColumnZone;
import org.bamarrow.internal.zone.ColumnZone.Numbers;
import org.bamarrow.internal.zone.ColumnZone.Texts;
import org.bamarrow.internal.zone.ReferenceZone;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneColumns.Column;

/** Writes a {@link ZoneTable}. Used once. */
final class ZoneTableWriter {
  private static final int WRITE_BYTES = 1 << 20;
  private static final ArrowType UTF8 = ArrowType.Utf8.INSTANCE;

  private final String part;
  private final ZoneColumns columns;
  private final List<Zone> zones;
  private final List<ArrowBlock> blocks;
  private final TableBuilder table;

  private ZoneTableWriter(
      String part,
      ZoneColumns columns,
      List<Zone> zones,
      List<ArrowBlock> blocks,
      TableBuilder table) {
    this.part = part;
    this.columns = columns;
    this.zones = zones;
    this.blocks = blocks;
    this.table = table;
  }

  /** The table, as {@link ZoneTable#write} says. */
  static byte[] write(String part, ZoneColumns columns, List<Zone> zones, List<ArrowBlock> blocks)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BufferAllocator allocator = new RootAllocator();
        TableBuilder table = new TableBuilder(allocator, zones.size())) {
      List<Field> fields = new ZoneTableWriter(part, columns, zones, blocks, table).fields();
      Format format = part == null ? Format.STREAM : Format.FILE;
      IpcOutput output = new StreamOutput(Channels.newChannel(bytes), WRITE_BYTES, format);
      output.start(() -> new IpcSchema(fields, Map.of()));
      try (IpcMessage message = new IpcMessage(table.batch())) {
        List<IpcMessage> messages = List.of(message);
        output.write(output.assignOffsets(messages), messages);
      }
      output.finish();
    }
    return bytes.toByteArray();
  }

  private List<Field> fields() {
    int rows = zones.size();
    List<Field> fields = new ArrayList<>();
    if (part != null) {
      byte[] name = part.getBytes(StandardCharsets.UTF_8);
      byte[][] names = new byte[rows][];
      Arrays.fill(names, name);
      fields.add(table.texts(ZoneTable.PART, UTF8, names));
    }
    long[] batch = new long[rows];
    long[] batches = new long[rows];
    long[] offset = new long[rows];
    long[] length = new long[rows];
    long[] number = new long[rows];
    long[] bytes = new long[rows];
    long[] first = new long[rows];
    long[] last = new long[rows];
    boolean[] known = new boolean[rows];
    int next = 0;
    for (int i = 0; i < rows; i++) {
      Zone zone = zones.get(i);
      ArrowBlock begin = blocks.get(next);
      batch[i] = next;
      batches[i] = zone.batches();
      next += zone.batches();
      ArrowBlock end = blocks.get(next - 1);
      offset[i] = begin.getOffset();
      length[i] =
          end.getOffset() + end.getMetadataLength() + end.getBodyLength() - begin.getOffset();
      number[i] = zone.rows();
      bytes[i] = zone.bytes();
      known[i] = zone.voffsets() != null;
      first[i] = known[i] ? zone.voffsets().first() : 0;
      last[i] = known[i] ? zone.voffsets().last() : 0;
    }
    fields.add(table.integers(ZoneTable.BATCH, 4, batch, null));
    fields.add(table.integers(ZoneTable.BATCHES, 4, batches, null));
    fields.add(table.integers(ZoneTable.OFFSET, 8, offset, null));
    fields.add(table.integers(ZoneTable.LENGTH, 8, length, null));
    fields.add(table.integers(ZoneTable.ROWS, 8, number, null));
    fields.add(table.integers(ZoneTable.BYTES, 8, bytes, null));
    fields.add(table.integers(ZoneTable.FIRST_VOFFSET, 8, first, known));
    fields.add(table.integers(ZoneTable.LAST_VOFFSET, 8, last, known));
    fields.add(sorted());
    fields.add(references());
    fields.add(statistics());
    return fields;
  }

  private Field sorted() {
    boolean[] sorted = new boolean[zones.size()];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = zones.get(i).sorted();
    }
    return table.booleans(ZoneTable.SORTED, sorted);
  }

  private Field references() {
    int[] counts = new int[zones.size()];
    boolean[] known = new boolean[zones.size()];
    List<ReferenceZone> all = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      List<ReferenceZone> references = zones.get(i).references();
      known[i] = references != null;
      counts[i] = known[i] ? references.size() : 0;
      all.addAll(known[i] ? references : List.of());
    }
    int size = all.size();
    byte[][] names = new byte[size][];
    long[] rows = new long[size];
    long[] minPos = new long[size];
    long[] maxPos = new long[size];
    long[] maxEnd = new long[size];
    for (int i = 0; i < size; i++) {
      ReferenceZone each = all.get(i);
      names[i] = each.name();
      rows[i] = each.rows();
      minPos[i] = each.minPos();
      maxPos[i] = each.maxPos();
      maxEnd[i] = each.maxEnd();
    }
    table.openList(counts, known);
    table.openStruct(size);
    List<Field> fields =
        List.of(
            table.texts(ZoneTable.RNAME, UTF8, names),
            table.integers(ZoneTable.ROWS, 8, rows, null),
            table.integers(ZoneTable.POS_MIN, 4, minPos, known(minPos)),
            table.integers(ZoneTable.POS_MAX, 4, maxPos, known(maxPos)),
            table.integers(ZoneTable.END_MAX, 4, maxEnd, known(maxEnd)));
    return TableBuilder.list(ZoneTable.REFERENCES, fields);
  }

  private static boolean[] known(long[] positions) {
    boolean[] known = new boolean[positions.length];
    for (int i = 0; i < known.length; i++) {
      known[i] = positions[i] != ReferenceZone.UNKNOWN;
    }
    return known;
  }

  /** A struct with a struct for each column; the fields of a struct column are in its struct. */
  private Field statistics() {
    table.openStruct(zones.size());
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); ) {
      Column column = columns.columns().get(i);
      table.openStruct(zones.size());
      List<Field> own = new ArrayList<>(ofColumn(i++));
      for (; i < columns.size() && columns.columns().get(i).child() != null; i++) {
        Column child = columns.columns().get(i);
        table.openStruct(zones.size());
        own.add(TableBuilder.struct(child.child(), ofColumn(i)));
      }
      fields.add(TableBuilder.struct(column.name(), own));
    }
    return TableBuilder.struct(ZoneTable.STATISTICS, fields);
  }

  private List<Field> ofColumn(int index) {
    Column column = columns.columns().get(index);
    int rows = zones.size();
    long[] nulls = new long[rows];
    boolean[] known = new boolean[rows];
    boolean[] bounded = new boolean[rows];
    for (int i = 0; i < rows; i++) {
      ColumnZone zone = zones.get(i).columns().get(index);
      nulls[i] = zone.nulls();
      known[i] = zone.nulls() != ColumnZone.UNKNOWN;
      bounded[i] = zone.bounds() != null;
    }
    List<Field> fields = new ArrayList<>();
    fields.add(table.integers(ZoneTable.NULLS, 8, nulls, known));
    switch (column.kind()) {
      case INTEGER, FLOAT -> {
        fields.add(numbers(ZoneTable.MIN, index, bounded));
        fields.add(numbers(ZoneTable.MAX, index, bounded));
      }
      case TEXT -> {
        if (hasTexts(index)) {
          fields.add(texts(ZoneTable.MIN, index));
          fields.add(texts(ZoneTable.MAX, index));
        }
      }
      case NULLS -> {}
    }
    if (index == columns.indexOf("flag", null) && column.kind() == ZoneColumns.Kind.INTEGER) {
      addFlags(fields);
    }
    return fields;
  }

  private Field numbers(String name, int index, boolean[] bounded) {
    Column column = columns.columns().get(index);
    long[] values = new long[zones.size()];
    for (int i = 0; i < values.length; i++) {
      if (zones.get(i).columns().get(index).bounds() instanceof Numbers numbers) {
        values[i] = name.equals(ZoneTable.MIN) ? numbers.min() : numbers.max();
      }
    }
    ArrowType type = column.field().getType();
    if (column.kind() == ZoneColumns.Kind.FLOAT) {
      for (int i = 0; i < values.length; i++) {
        double value = ColumnZone.toDouble(values[i]);
        values[i] =
            column.bytes() == 8
                ? Double.doubleToRawLongBits(value)
                : Float.floatToRawIntBits((float) value);
      }
    }
    return table.values(name, type, column.bytes(), values, bounded);
  }

  /**
   * Zones of a file that was concatenated may come without bounds of text; tables of several files
   * have the same columns.
   */
  private boolean hasTexts(int index) {
    return part != null
        || zones.stream().anyMatch(zone -> zone.columns().get(index).bounds() instanceof Texts);
  }

  private Field texts(String name, int index) {
    byte[][] values = new byte[zones.size()][];
    for (int i = 0; i < values.length; i++) {
      if (zones.get(i).columns().get(index).bounds() instanceof Texts texts) {
        values[i] = name.equals(ZoneTable.MIN) ? texts.min() : texts.max();
      }
    }
    return table.texts(name, columns.columns().get(index).field().getType(), values);
  }

  private void addFlags(List<Field> fields) {
    long[] and = new long[zones.size()];
    long[] or = new long[zones.size()];
    boolean[] known = new boolean[zones.size()];
    for (int i = 0; i < and.length; i++) {
      Zone.Flags flags = zones.get(i).flags();
      known[i] = flags != null;
      and[i] = known[i] ? flags.and() : 0;
      or[i] = known[i] ? flags.or() : 0;
    }
    fields.add(table.integers(ZoneTable.AND, 4, and, known));
    fields.add(table.integers(ZoneTable.OR, 4, or, known));
  }
}
