package org.bamarrow.internal.rewrite;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.bamarrow.internal.ipc.BatchPlace;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.io.ByteSource;

/** A file of the input: locates its batches, which other readers load. */
final class RewriteFile {
  final int index;
  final ByteSource source;
  final IpcBatches batches;

  /** Bytes of the files before it. */
  final long before;

  /** The zones that are left of a file whose batches are all copied; null: others. */
  private Iterator<Zone> zones;

  /** Batches of the last of them that are still to be located. */
  private int told;

  /** Rows read so far; changed in the order of the batches. */
  long rows;

  /**
   * @param batches of {@code source}, which it owns
   */
  RewriteFile(int index, ByteSource source, IpcBatches batches, long before) {
    this.index = index;
    this.source = source;
    this.batches = batches;
    this.before = before;
  }

  /** Makes all batches be copied. */
  void copyAll(List<Zone> all) {
    zones = all.iterator();
  }

  /** Whether all batches are copied as they are stored. */
  boolean isCopied() {
    return zones != null;
  }

  /** The zone that begins with the batch located last; called for each batch. */
  List<Zone> nextZone() {
    if (zones == null || told-- > 0) {
      return List.of();
    }
    Zone next = zones.next();
    told = next.batches() - 1;
    return List.of(next);
  }

  /** Whether all batches can be copied to another file as they are. */
  static boolean isCopyable(IpcBatches file) throws IOException {
    for (BatchPlace place = file.locate(); place != null; place = file.locate()) {
      if (!place.isCopyable()) {
        return false;
      }
    }
    return true;
  }
}
