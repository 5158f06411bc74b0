package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;

/**
 * What is known of the record batches of a file that is being read, and which of them are left out.
 * Not thread-safe.
 */
public final class FileZones {
  private final String name;
  private final Schema schema;

  /** Null for a stream, of which nothing is known. */
  private final FileFooter file;

  /** Null if nothing is left out. */
  private ZoneTable.Test test;

  private List<Zone> zones;
  private int batchesLeftOut;
  private long rowsLeftOut;

  FileZones(String name, Schema schema, FileFooter file) {
    this.name = name;
    this.schema = schema;
    this.file = file;
  }

  /** The columns of the zones. */
  public ZoneColumns columns() {
    return ZoneColumns.of(schema.getFields(), true);
  }

  /**
   * The zones of all batches; null if the file has no zone map, or one that is not valid, which is
   * logged.
   */
  public List<Zone> all() {
    return file == null ? null : file.zoneMap(name);
  }

  /** The zone map as a table; null without one. The caller closes it. */
  public IpcBatches openTable() throws IOException {
    return file == null || file.zones() == null
        ? null
        : IpcBatches.open(ZoneTable.source(file.zones(), name + ": the zone map"));
  }

  /**
   * Leaves out batches of which no row can match, by their zones; called before a selection. No
   * effect without a zone map.
   */
  public void leaveOut(ZoneTable.Test canMatch) {
    zones = all();
    test = zones == null ? null : canMatch;
  }

  /** The batches of a file that are read, of those whose offset is in a range. */
  List<FileFooter.Block> chosen(long begin, long end) {
    List<FileFooter.Block> chosen = new ArrayList<>();
    if (test == null) {
      add(0, file.batches().size(), begin, end, chosen);
      return chosen;
    }
    int next = 0;
    for (Zone zone : zones) {
      List<FileFooter.Block> some = new ArrayList<>();
      add(next, next + zone.batches(), begin, end, some);
      next += zone.batches();
      if (some.isEmpty() || test.isRead(zone, some.size() == zone.batches())) {
        chosen.addAll(some);
      } else {
        batchesLeftOut += some.size();
        rowsLeftOut += zone.rows();
      }
    }
    return chosen;
  }

  private void add(int from, int to, long begin, long end, List<FileFooter.Block> into) {
    for (FileFooter.Block each : file.batches().subList(from, to)) {
      if (each.offset() >= begin && each.offset() < end) {
        into.add(each);
      }
    }
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
