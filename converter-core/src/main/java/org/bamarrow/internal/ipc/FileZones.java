package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneTest;

/**
 * What is known of the record batches of a file that is being read, and which of them are left out.
 * Not thread-safe.
 */
public final class FileZones {
  private final String name;
  private final Schema schema;

  /** Null for a stream, of which nothing is known. */
  private final FileFooter file;

  /** The zones of all batches; null if nothing is left out. */
  private List<Span> spans;

  /** Null if they have not been selected. */
  private List<FileFooter.Block> selected;

  private int batchesLeftOut;
  private long rowsLeftOut;

  /**
   * Consecutive batches of a zone.
   *
   * @param wanted whether they can have rows that match
   */
  private record Span(int batches, long rows, boolean wanted) {}

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
  public void leaveOut(ZoneTest test) {
    List<Span> found = new ArrayList<>();
    boolean known =
        file != null
            && file.zoneMap(
                name,
                test,
                zone -> found.add(new Span(zone.batches(), zone.rows(), test.canMatch(zone))));
    spans = known ? found : null;
  }

  /** The batches that a condition needs; null without a zone map. */
  public WantedBatches wanted(ZoneTest test) {
    WantedBatches.Builder builder = new WantedBatches.Builder();
    int[] next = {0};
    boolean known =
        file != null
            && file.zoneMap(
                name,
                test,
                zone -> {
                  FileFooter.Block first = file.batches().get(next[0]);
                  next[0] += zone.batches();
                  long end = end(file.batches().get(next[0] - 1));
                  builder.add(
                      new ZoneTableReader.Place(first.offset(), end),
                      zone.batches(),
                      test.canMatch(zone));
                });
    return known ? builder.build() : null;
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
    List<FileFooter.Block> found = new ArrayList<>();
    int next = 0;
    for (WantedBatches.Range range : only) {
      while (next < batches && file.batches().get(next).offset() < range.begin()) {
        next++;
      }
      int first = next;
      while (next < batches && file.batches().get(next).offset() < range.end()) {
        found.add(file.batches().get(next++));
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

  /** The batches of a file that are read, of those whose offset is in a range. */
  List<FileFooter.Block> chosen(long begin, long end) {
    if (selected != null) {
      return selected;
    }
    List<FileFooter.Block> chosen = new ArrayList<>();
    if (spans == null) {
      add(0, file.batches().size(), begin, end, chosen);
      return chosen;
    }
    int next = 0;
    for (Span span : spans) {
      int before = chosen.size();
      add(next, next + span.batches, begin, end, chosen);
      next += span.batches;
      int some = chosen.size() - before;
      if (!span.wanted && some > 0) {
        chosen.subList(before, chosen.size()).clear();
        batchesLeftOut += some;
        rowsLeftOut += span.rows;
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
