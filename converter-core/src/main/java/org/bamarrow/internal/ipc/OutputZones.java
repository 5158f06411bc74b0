package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneMap;

/** What is known of the record batches of an output. Guarded as the output. */
public final class OutputZones {
  private final List<ArrowBlock> blocks;

  /** Null if none is written. */
  private ZoneMap map;

  /**
   * @param blocks the batches of the output so far
   */
  OutputZones(List<ArrowBlock> blocks) {
    this.blocks = blocks;
  }

  void keep(ZoneMap empty) {
    map = empty;
  }

  /** The columns of which messages have to tell a zone; null if none is written. */
  public ZoneColumns columns() {
    return map == null ? null : map.columns();
  }

  /** The zones of all batches so far; null if they are not known. */
  public List<Zone> all() {
    return map == null ? null : map.zones();
  }

  /**
   * @param zone of the next batches; null if nothing is known of them
   */
  void add(Zone zone) {
    if (map != null && zone == null) {
      map.addUnknown();
    } else if (map != null) {
      map.add(zone);
    }
  }

  /**
   * @param zones of the next batches; null if nothing is known of them
   */
  void addAll(List<Zone> zones) {
    if (zones == null) {
      add(null);
    } else {
      zones.forEach(this::add);
    }
  }

  /** The metadata of the footer. */
  Map<String, String> metadata() throws IOException {
    List<Zone> known = all();
    return known == null || known.isEmpty()
        ? Map.of()
        : ZoneTable.metadata(ZoneTable.write(null, map.columns(), known, blocks));
  }

  /**
   * The zones of all batches as a table; null if they are not known or there are no batches.
   *
   * @param part name of the file in the table
   * @param most maximum number of rows
   */
  public byte[] table(String part, int most) throws IOException {
    List<Zone> known = map == null ? null : map.zones(most);
    return known == null || known.isEmpty()
        ? null
        : ZoneTable.write(part, map.columns(), known, blocks);
  }

  /** What is known of all rows, as {@link ZoneJson}; null if nothing is. */
  public String total() throws IOException {
    return map == null ? null : ZoneJson.write(map);
  }
}
