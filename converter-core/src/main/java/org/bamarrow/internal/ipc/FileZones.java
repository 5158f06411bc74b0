package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneTest;

/**
 * What is known of the record batches of a file that is being read, and which of them are left out.
 * Not thread-safe.
 */
public final class FileZones {
  private final String name;
  private final List<Field> fields;

  /** Null for a stream, of which nothing is known. */
  private final FileFooter file;

  /** Which batches are left out; null: none. */
  private ZoneTest test;

  /** The zones of all batches, if batches are left out. */
  private List<Zone> zones;

  /** Indices of the batches that have been selected; null: not selected. */
  private BitSet selected;

  private int batchesLeftOut;
  private long rowsLeftOut;

  FileZones(String name, List<Field> fields, FileFooter file) {
    this.name = name;
    this.fields = fields;
    this.file = file;
  }

  /** The columns of the zones. */
  public ZoneColumns columns() {
    return ZoneColumns.of(fields, true);
  }

  /**
   * The zones of all batches; null if the file has no zone map, or one that is not valid, which is
   * logged.
   */
  public List<Zone> all() throws InterruptedIOException {
    return file == null ? null : file.zoneMap(name);
  }

  /** Whether there is a zone map, valid or not. */
  public boolean exist() {
    return file != null && file.zones() != null;
  }

  /** The zone map as a table; null without one. The caller closes it. */
  public IpcBatches openTable() throws IOException {
    return exist()
        ? IpcBatches.open(ZoneTable.source(file.zones(), name + ": the zone map"))
        : null;
  }

  /**
   * Leaves out batches of which no row can match, by their zones; called before a selection. No
   * effect without a zone map.
   */
  public void leaveOut(ZoneTest by) throws InterruptedIOException {
    zones = some(by);
    test = zones == null ? null : by;
  }

  /** As {@link #all}, with the statistics that a test needs only. */
  public List<Zone> some(ZoneTest by) throws InterruptedIOException {
    return file == null ? null : file.zoneMap(name, by);
  }

  /**
   * Reads the zone map as {@link #leaveOut} does, without effect, and silently if it is invalid.
   */
  public void tryRead(ZoneTest by) {
    try {
      if (exist()) {
        ZoneTable.read(file.zones(), fields, file.batches(), by);
      }
    } catch (IOException | RuntimeException e) {
      return; // logged when it is used
    }
  }

  /** The batches that a condition needs; null without a zone map. */
  public WantedBatches wanted(ZoneTest by) throws InterruptedIOException {
    LocatedZones all = located(by);
    return all == null ? null : all.wanted(by);
  }

  /** As {@link #some}, with their places; valid after the file is closed. */
  public LocatedZones located(ZoneTest by) throws InterruptedIOException {
    List<Zone> all = some(by);
    if (all == null) {
      return null;
    }
    List<ZoneTableReader.Place> places = new ArrayList<>();
    int next = 0;
    for (Zone zone : all) {
      long begin = file.batches().get(next).offset();
      next += zone.batches();
      places.add(new ZoneTableReader.Place(begin, end(file.batches().get(next - 1))));
    }
    return new LocatedZones(all, places);
  }

  private static long end(FileFooter.Block block) {
    return block.offset() + block.metadata() + block.body();
  }

  /**
   * Reads only batches that have been found by the zone map before; called before a selection. They
   * are not counted as left out.
   *
   * @param batches number of batches of the file
   * @param only ranges of batches, in the order of the file
   * @throws IOException if the file has other batches
   */
  public void select(int batches, List<WantedBatches.Range> only) throws IOException {
    if (file == null || file.batches().size() != batches) {
      throw changed();
    }
    BitSet found = new BitSet(batches);
    int next = 0;
    for (WantedBatches.Range range : only) {
      while (next < batches && file.batches().get(next).offset() < range.begin()) {
        next++;
      }
      int first = next;
      while (next < batches && file.batches().get(next).offset() < range.end()) {
        found.set(next++);
      }
      if (next == first
          || file.batches().get(first).offset() != range.begin()
          || end(file.batches().get(next - 1)) != range.end()) {
        throw changed();
      }
    }
    selected = found;
  }

  private IOException changed() {
    return new IOException(name + ": has changed since the query was planned; run the query again");
  }

  /** The batches of a file that are read: selected before, or with their offset in a range. */
  List<FileFooter.Block> chosen(long begin, long end) {
    BitSet chosen = selected == null ? within(begin, end) : selected;
    int next = 0;
    for (Zone zone : test == null ? List.<Zone>of() : zones) {
      int first = next;
      next += zone.batches();
      int some = chosen.get(first, next).cardinality();
      if (some > 0 && !test.isRead(zone, some == zone.batches())) {
        chosen.clear(first, next);
        batchesLeftOut += some;
        rowsLeftOut += zone.rows();
      }
    }
    return chosen.stream().mapToObj(file.batches()::get).toList();
  }

  private BitSet within(long begin, long end) {
    BitSet within = new BitSet();
    for (int i = 0; i < file.batches().size(); i++) {
      long offset = file.batches().get(i).offset();
      within.set(i, offset >= begin && offset < end);
    }
    return within;
  }

  /** A batch has been left out as no row satisfies a condition. */
  void skipped() {
    batchesLeftOut++;
  }

  /** Number of batches within the selection that were left out. */
  public int batchesLeftOut() {
    return batchesLeftOut;
  }

  /** Rows of the zones with batches that were left out by the zone map. */
  public long rowsLeftOut() {
    return rowsLeftOut;
  }
}
