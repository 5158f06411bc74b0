package org.bamarrow.spark.read;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.filter.ReferenceIds;
import org.bamarrow.internal.filter.ZonePredicate;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.LocatedZones;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.spark.files.BamFile;
import org.bamarrow.spark.files.FileVersion;
import org.bamarrow.spark.files.Sources;

/**
 * The zones of Arrow files on the driver. Those of the files used last are kept for the next query
 * that asks for the same statistics: reading them takes longer than planning, and the longer the
 * larger the file is. They are used only while the file is the same. Thread-safe.
 */
final class ZoneCache {
  /** A zone with statistics of a few columns, and a column, take less than a kilobyte each. */
  private static final int MAX_SIZE = 1 << 15;

  private static final ZoneCache SHARED = new ZoneCache(MAX_SIZE);

  /**
   * The zones of a file and what was asked of them.
   *
   * @param located null: not known
   */
  record Found(ZonePredicate condition, ZoneColumns columns, LocatedZones located) {
    /** Without the predicate, which may have many values. */
    private Found toKeep() {
      return new Found(condition.ofAllRows(), columns, located);
    }

    /** The zones and the references of each, and the columns, which each file has anew. */
    private int size() {
      int size = 1 + columns.columns().size();
      for (Zone zone : located == null ? List.<Zone>of() : located.zones()) {
        size += 1 + (zone.references() == null ? 0 : zone.references().size());
      }
      return size;
    }
  }

  private final int maxSize;

  /** In the order of their last use; guarded by this. */
  private final Map<FileVersion, Found> kept = new LinkedHashMap<>(16, 0.75f, true);

  private long size;

  /**
   * @param maxSize maximum number of zones, references of them and columns of all files that are
   *     kept
   */
  ZoneCache(int maxSize) {
    this.maxSize = maxSize;
  }

  static ZoneCache shared() {
    return SHARED;
  }

  /**
   * The zones of a file with the statistics that a condition needs.
   *
   * @param more fields whose statistics will be asked for
   * @throws IOException if the file cannot be read
   */
  Found zones(BamFile file, Configuration settings, RawPredicate filter, List<RawField> more)
      throws IOException {
    boolean anyFile = !ReferenceIds.areIn(filter); // otherwise the schema is needed
    FileVersion version = anyFile ? FileVersion.now(file, settings) : null;
    Found known = version == null ? null : get(version);
    if (known != null) {
      ZonePredicate condition = new ZonePredicate(filter, known.columns, more);
      if (known.condition.needsAllOf(condition)) {
        return new Found(condition, known.columns, known.located);
      }
    }
    try (IpcBatches batches = IpcBatches.open(Sources.open(file, settings))) {
      ZoneColumns columns = batches.zones().columns();
      RawPredicate own = RecordColumns.resolved(filter, batches.schema(), file.name());
      ZonePredicate condition = new ZonePredicate(own, columns, more);
      Found found = new Found(condition, columns, batches.zones().located(condition));
      boolean unread = found.located == null && batches.zones().exist(); // perhaps only this time
      if (version != null && !unread) {
        put(version, found.toKeep());
      }
      return found;
    }
  }

  private synchronized Found get(FileVersion version) {
    return kept.get(version);
  }

  private synchronized void put(FileVersion version, Found found) {
    Found before = kept.put(version, found);
    size += found.size() - (before == null ? 0 : before.size());
    Iterator<Found> oldest = kept.values().iterator();
    while (size > maxSize) {
      size -= oldest.next().size();
      oldest.remove();
    }
  }
}
