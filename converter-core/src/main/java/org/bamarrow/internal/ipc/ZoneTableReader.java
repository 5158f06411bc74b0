package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bamarrow.internal.zone.ColumnZone;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneColumns.Column;
import org.bamarrow.internal.zone.ZoneMap;
import org.bamarrow.internal.zone.ZoneTest;
import org.bamarrow.io.ByteSource;

/**
 * Reads a {@link ZoneTable}, and of it only the columns that a test needs. Statistics that are
 * missing, or of another type, are not known; what contradicts itself makes the whole table
 * invalid. Used once.
 */
final class ZoneTableReader {
  /** Maximum rows times columns of a table, which are objects. */
  private static final long MAX_STATISTICS = 1 << 26;

  private final ByteSource source;
  private final ZoneColumns columns;

  /** Null: all statistics are read. */
  private final ZoneTest test;

  private TableColumns table;

  /** Of each column that is read its statistics in the batch; null for others. */
  private ZoneStatistics[] statistics;

  private TableColumn parts;
  private TableColumn batch;
  private TableColumn batches;
  private TableColumn offset;
  private TableColumn length;
  private TableColumn rows;
  private TableColumn bytes;
  private TableColumn firstVoffset;
  private TableColumn lastVoffset;
  private TableColumn sorted;
  private TableColumn and;
  private TableColumn or;
  private ZoneReferences references;

  /**
   * @param source the table as an Arrow IPC file or stream; stays the caller's
   * @param test null: all statistics are read
   */
  ZoneTableReader(ByteSource source, ZoneColumns columns, ZoneTest test) {
    this.source = source;
    this.columns = columns;
    this.test = test;
  }

  /**
   * Where the messages of a zone are.
   *
   * @param begin 0-based file offset of the first message
   * @param end 0-based file offset after the last message
   */
  record Place(long begin, long end) {}

  /** Takes the zones of a table of several files. */
  interface PartZone {
    void add(byte[] part, Place place, Zone zone);
  }

  /**
   * Reads the zones of a file.
   *
   * @param of the batches of the file
   * @param into takes the zones in their order, also those before an error
   * @throws IOException if it is not a valid table for these batches
   */
  void read(List<FileFooter.Block> of, Consumer<Zone> into) throws IOException {
    int[] next = {0};
    readRows(
        ZoneMap.MAX_ZONES,
        row -> {
          Zone zone = zone(row, next[0]);
          if (zone.batches() > of.size() - next[0]) {
            throw new IOException("it describes more batches than the file has");
          }
          FileFooter.Block begin = of.get(next[0]);
          next[0] += zone.batches();
          FileFooter.Block last = of.get(next[0] - 1);
          long end = last.offset() + last.metadata() + last.body();
          Place place = place(row);
          if (place.begin != begin.offset() || place.end != end) {
            throw new IOException("batch " + (next[0] - 1) + " is at another place");
          }
          into.accept(zone);
        });
    if (next[0] != of.size()) {
      throw new IOException("it describes " + next[0] + " batches, the file has " + of.size());
    }
  }

  /**
   * Reads the zones of all files of a table, of each file in their order.
   *
   * @throws IOException if it is not a valid table
   */
  void readParts(PartZone into) throws IOException {
    Map<String, long[]> ends = new HashMap<>();
    readRows(
        MAX_STATISTICS,
        row -> {
          byte[] part = parts.text(row);
          // of the file so far: its batches and the end of the last one
          long[] last =
              ends.computeIfAbsent(new String(part, StandardCharsets.UTF_8), name -> new long[2]);
          Zone zone = zone(row, last[0]);
          Place place = place(row);
          if (place.begin() < last[1] || place.end() <= place.begin()) {
            throw new IOException("batch " + last[0] + " of a part is at " + place);
          }
          last[0] += zone.batches();
          last[1] = place.end();
          into.add(part, place, zone);
        });
  }

  private interface RowReader {
    void read(int row) throws IOException;
  }

  private void readRows(long most, RowReader reader) throws IOException {
    try {
      table = new TableColumns(source);
      long number = 0;
      while (table.next()) {
        openColumns();
        for (int row = 0; row < table.rows(); row++) {
          if (number == most || number++ * columns.size() > MAX_STATISTICS) {
            throw new IOException("it has too many rows");
          }
          reader.read(row);
        }
      }
    } catch (RuntimeException | AssertionError e) { // a column is missing or of another type
      throw new IOException("it is not a table of zones (" + e + ")", e);
    }
  }

  private void openColumns() throws IOException {
    parts = table.column(ZoneTable.PART);
    batch = table.column(ZoneTable.BATCH);
    batches = table.column(ZoneTable.BATCHES);
    offset = table.column(ZoneTable.OFFSET);
    length = table.column(ZoneTable.LENGTH);
    rows = table.column(ZoneTable.ROWS);
    if (test == null) {
      bytes = table.column(ZoneTable.BYTES);
      firstVoffset = table.column(ZoneTable.FIRST_VOFFSET);
      lastVoffset = table.column(ZoneTable.LAST_VOFFSET);
      sorted = table.column(ZoneTable.SORTED);
    }
    statistics = new ZoneStatistics[columns.size()];
    List<Column> all = columns.columns();
    for (int i = 0; i < statistics.length; i++) {
      if (test == null || test.needs(all.get(i))) {
        statistics[i] = ZoneStatistics.open(table, all.get(i));
      }
    }
    int flag = columns.indexOf("flag", null);
    boolean flags = flag >= 0 && (test == null || test.needs(all.get(flag)));
    and = flags ? table.column(ZoneTable.STATISTICS, "flag", ZoneTable.AND) : null;
    or = flags ? table.column(ZoneTable.STATISTICS, "flag", ZoneTable.OR) : null;
    references = test == null || test.needsReferences() ? ZoneReferences.open(table) : null;
  }

  private Place place(int row) throws IOException {
    long begin = integer(offset, row);
    long bytes = integer(length, row);
    if (begin < 0 || bytes < 0 || bytes > Long.MAX_VALUE - begin) {
      throw new IOException(bytes + " bytes at byte " + begin);
    }
    return new Place(begin, begin + bytes);
  }

  /**
   * @param next number of batches of the file so far
   */
  private Zone zone(int row, long next) throws IOException {
    long first = integer(batch, row);
    long count = integer(batches, row);
    long number = integer(rows, row);
    if (first != next || count < 1 || count > Integer.MAX_VALUE - next || number < 0) {
      throw new IOException(
          String.format("%d batches from batch %d with %d rows", count, first, number));
    }
    ColumnZone[] zones = new ColumnZone[statistics.length];
    Arrays.fill(zones, ColumnZone.NOTHING);
    for (int i = 0; i < zones.length; i++) {
      if (statistics[i] != null) {
        zones[i] = statistics[i].zone(row, number);
      }
    }
    int rname = columns.indexOf(ZoneTable.RNAME, null);
    return new Zone(
        (int) count,
        number,
        test == null ? integer(bytes, row) : 0,
        isKnown(firstVoffset, row) && isKnown(lastVoffset, row)
            ? new Zone.Voffsets(firstVoffset.integer(row), lastVoffset.integer(row))
            : null,
        Arrays.asList(zones),
        flags(row),
        references == null
            ? null
            : references.of(row, number, rname < 0 ? ColumnZone.UNKNOWN : zones[rname].nulls()),
        isKnown(sorted, row) && sorted.isTrue(row));
  }

  static boolean isKnown(TableColumn column, int row) {
    return column != null && !column.isNull(row);
  }

  /**
   * @throws IOException if it is null or there is no such column
   */
  private static long integer(TableColumn column, int row) throws IOException {
    if (!isKnown(column, row) || !column.isInteger()) {
      throw new IOException("a column that all zones have is missing");
    }
    return column.integer(row);
  }

  private Zone.Flags flags(int row) {
    boolean known = isKnown(and, row) && isKnown(or, row) && and.isInteger() && or.isInteger();
    Zone.Flags flags = known ? new Zone.Flags((int) and.integer(row), (int) or.integer(row)) : null;
    return known && flags.isValid() ? flags : null;
  }
}
