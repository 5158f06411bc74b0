package org.bamarrow.internal.rewrite;

import java.util.List;
import org.bamarrow.internal.ipc.BatchPlace;
import org.bamarrow.internal.zone.Zone;

/**
 * One record batch in flight, or the end of a file.
 *
 * @param index 0-based number over all files: its position in the order of the gates
 * @param file the file; null with an error
 * @param place of the batch; null: the end of the file
 * @param zones of a file that is copied: of this and maybe the following batches; empty if an
 *     earlier one had it
 * @param memory bytes to be released
 * @param leftOut rows of the files after the end of this one that are passed over
 * @param error why it could not be read, or null
 */
record RewriteItem(
    long index,
    RewriteFile file,
    BatchPlace place,
    List<Zone> zones,
    long memory,
    long leftOut,
    Throwable error) {

  static RewriteItem failed(long index, Throwable error) {
    return new RewriteItem(index, null, null, List.of(), 0, 0, error);
  }

  static RewriteItem end(long index, RewriteFile file, long leftOut) {
    return new RewriteItem(index, file, null, List.of(), 0, leftOut, null);
  }
}
