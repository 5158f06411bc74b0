package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.bamarrow.internal.zone.ColumnZone;
import org.bamarrow.internal.zone.ColumnZone.Numbers;
import org.bamarrow.internal.zone.ColumnZone.Texts;
import org.bamarrow.internal.zone.ReferenceZone;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneColumns.Column;
import org.bamarrow.internal.zone.ZoneMap;
import org.bamarrow.io.ByteSource;

/**
 * Reads a {@link ZoneTable}. Statistics that are missing, or of another type, are not known; what
 * contradicts itself makes the whole table invalid. Used once.
 */
final class ZoneTableReader {
  /** Far above the memory of the largest table that is written. */
  private static final long MAX_MEMORY = 1 << 28;

  /** The same for rows times columns, which are objects. */
  private static final long MAX_STATISTICS = 1 << 26;

  private final ZoneColumns columns;
  private final VectorSchemaRoot root;

  private ZoneTableReader(ZoneColumns columns, VectorSchemaRoot root) {
    this.columns = columns;
    this.root = root;
  }

  /**
   * The zones of a file.
   *
   * @param stream the table as an Arrow IPC stream
   * @param batches the batches of the file
   * @throws IOException if it is not a valid table for these batches
   */
  static List<Zone> read(ByteSource stream, ZoneColumns columns, List<FileFooter.Block> batches)
      throws IOException {
    List<Zone> zones = new ArrayList<>();
    try (BufferAllocator allocator = new RootAllocator(MAX_MEMORY);
        IpcBatches table = IpcBatches.open(stream)) {
      table.selectAll(allocator);
      int next = 0;
      while (table.next()) {
        ZoneTableReader reader = new ZoneTableReader(columns, table.root());
        for (int row = 0; row < table.root().getRowCount(); row++) {
          if (zones.size() == ZoneMap.MAX_ZONES
              || (long) zones.size() * columns.size() > MAX_STATISTICS) {
            throw new IOException("it has too many rows");
          }
          Zone zone = reader.zone(row, next, batches);
          zones.add(zone);
          next += zone.batches();
        }
      }
      if (next != batches.size()) {
        throw new IOException("it describes " + next + " batches, the file has " + batches.size());
      }
      return zones;
    } catch (RuntimeException e) { // of Arrow, or as a column is missing or of another type
      throw new IOException("it is not a table of zones (" + e + ")", e);
    }
  }

  private Zone zone(int row, int next, List<FileFooter.Block> batches) throws IOException {
    long first = integer(ZoneTable.BATCH, row);
    long count = integer(ZoneTable.BATCHES, row);
    long rows = integer(ZoneTable.ROWS, row);
    if (first != next || count < 1 || count > batches.size() - next || rows < 0) {
      throw new IOException(
          String.format("%d batches from batch %d with %d rows", count, first, rows));
    }
    FileFooter.Block begin = batches.get(next);
    FileFooter.Block end = batches.get(next + (int) count - 1);
    long length = end.offset() + end.metadata() + end.body() - begin.offset();
    if (integer(ZoneTable.OFFSET, row) != begin.offset()
        || integer(ZoneTable.LENGTH, row) != length) {
      throw new IOException("batch " + first + " is at another place");
    }
    FieldVector sorted = root.getVector(ZoneTable.SORTED);
    List<ColumnZone> zones = columns(row, rows);
    return new Zone(
        (int) count,
        rows,
        integer(ZoneTable.BYTES, row),
        isNull(ZoneTable.FIRST_VOFFSET, row) || isNull(ZoneTable.LAST_VOFFSET, row)
            ? null
            : new Zone.Voffsets(
                integer(ZoneTable.FIRST_VOFFSET, row), integer(ZoneTable.LAST_VOFFSET, row)),
        zones,
        flags(row),
        references(row, rows, zones),
        sorted instanceof BitVector bits && !bits.isNull(row) && bits.get(row) != 0);
  }

  private boolean isNull(String name, int row) {
    FieldVector vector = root.getVector(name);
    return vector == null || vector.isNull(row);
  }

  /**
   * @throws IOException if it is null or there is no such column
   */
  private long integer(String name, int row) throws IOException {
    if (isNull(name, row)) {
      throw new IOException("it has no " + name);
    }
    return ((BaseIntVector) root.getVector(name)).getValueAsLong(row);
  }

  private List<ColumnZone> columns(int row, long rows) throws IOException {
    StructVector statistics = (StructVector) root.getVector(ZoneTable.STATISTICS);
    List<ColumnZone> zones = new ArrayList<>(columns.size());
    for (Column column : columns.columns()) {
      zones.add(column(column, struct(statistics, column), row, rows));
    }
    return zones;
  }

  private static StructVector struct(StructVector statistics, Column column) {
    FieldVector vector = statistics == null ? null : statistics.getChild(column.name());
    if (column.child() != null && vector instanceof StructVector parent) {
      vector = parent.getChild(column.child());
    }
    return vector instanceof StructVector found ? found : null;
  }

  private static ColumnZone column(Column column, StructVector struct, int row, long rows)
      throws IOException {
    FieldVector count = struct == null ? null : struct.getChild(ZoneTable.NULLS);
    if (!(count instanceof BaseIntVector integers) || count.isNull(row)) {
      return ColumnZone.NOTHING;
    }
    long nulls = integers.getValueAsLong(row);
    FieldVector min = struct.getChild(ZoneTable.MIN);
    FieldVector max = struct.getChild(ZoneTable.MAX);
    boolean bounded =
        isOf(column, min) && isOf(column, max) && !min.isNull(row) && !max.isNull(row);
    ColumnZone.Bounds bounds = bounded ? bounds(column, min, max, row) : null;
    boolean valid =
        nulls >= 0
            && nulls <= rows
            && !(bounds instanceof Numbers numbers && numbers.min() > numbers.max());
    if (!valid) {
      throw new IOException(
          String.format(
              "column %s has %d nulls in %d rows and bounds %s",
              column.field().getName(), nulls, rows, bounds));
    }
    return new ColumnZone(nulls, bounds);
  }

  private static boolean isOf(Column column, FieldVector vector) {
    return vector != null && vector.getField().getType().equals(column.field().getType());
  }

  private static ColumnZone.Bounds bounds(
      Column column, FieldVector min, FieldVector max, int row) {
    return switch (column.kind()) {
      case INTEGER, FLOAT -> new Numbers(number(column, min, row), number(column, max, row));
      case TEXT -> new Texts(((VarCharVector) min).get(row), ((VarCharVector) max).get(row));
      case NULLS -> null;
    };
  }

  private static long number(Column column, FieldVector vector, int row) {
    var data = ((BaseFixedWidthVector) vector).getDataBuffer();
    boolean integer = column.kind() == ZoneColumns.Kind.INTEGER;
    return switch (column.bytes()) {
      case 8 ->
          integer
              ? data.getLong(8L * row)
              : ColumnZone.ofDouble(Double.longBitsToDouble(data.getLong(8L * row)));
      case 4 ->
          integer
              ? data.getInt(4L * row)
              : ColumnZone.ofDouble(Float.intBitsToFloat(data.getInt(4L * row)));
      case 2 -> data.getShort(2L * row);
      default -> data.getByte(row);
    };
  }

  private Zone.Flags flags(int row) throws IOException {
    int index = columns.indexOf("flag", null);
    StructVector statistics = (StructVector) root.getVector(ZoneTable.STATISTICS);
    StructVector flag = index < 0 ? null : struct(statistics, columns.columns().get(index));
    FieldVector and = flag == null ? null : flag.getChild(ZoneTable.AND);
    FieldVector or = flag == null ? null : flag.getChild(ZoneTable.OR);
    if (!(and instanceof BaseIntVector all)
        || !(or instanceof BaseIntVector any)
        || and.isNull(row)
        || or.isNull(row)) {
      return null;
    }
    Zone.Flags flags = new Zone.Flags((int) all.getValueAsLong(row), (int) any.getValueAsLong(row));
    return flags.isValid() ? flags : null;
  }

  private List<ReferenceZone> references(int row, long rows, List<ColumnZone> zones)
      throws IOException {
    if (isNull(ZoneTable.REFERENCES, row)) {
      return null;
    }
    ListVector list = (ListVector) root.getVector(ZoneTable.REFERENCES);
    StructVector struct = (StructVector) list.getDataVector();
    List<ReferenceZone> references = new ArrayList<>();
    if (list.getElementEndIndex(row) - list.getElementStartIndex(row) > Zone.MAX_REFERENCES) {
      throw new IOException("more than " + Zone.MAX_REFERENCES + " references");
    }
    long left = rows;
    for (int i = list.getElementStartIndex(row); i < list.getElementEndIndex(row); i++) {
      ReferenceZone each =
          new ReferenceZone(
              Objects.requireNonNull(((VarCharVector) struct.getChild(ZoneTable.RNAME)).get(i)),
              position(struct, ZoneTable.ROWS, i),
              position(struct, ZoneTable.POS_MIN, i),
              position(struct, ZoneTable.POS_MAX, i),
              position(struct, ZoneTable.END_MAX, i));
      left -= each.rows();
      if (each.rows() < 1 || left < 0 || each.minPos() > each.maxPos()) {
        throw new IOException("reference " + each + " in " + rows + " rows");
      }
      references.add(each);
    }
    int rname = columns.indexOf(ZoneTable.RNAME, null);
    long unnamed = rname < 0 ? ColumnZone.UNKNOWN : zones.get(rname).nulls();
    if (unnamed != ColumnZone.UNKNOWN && left != unnamed) {
      throw new IOException(left + " rows without a reference, and " + unnamed + " nulls");
    }
    return references;
  }

  private static long position(StructVector struct, String name, int index) {
    FieldVector vector = struct.getChild(name);
    return vector == null || vector.isNull(index)
        ? ReferenceZone.UNKNOWN
        : ((BaseIntVector) vector).getValueAsLong(index);
  }
}
