package org.bamarrow.spark.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.filter.ReferenceIds;
import org.bamarrow.internal.filter.ZonePredicate;
import org.bamarrow.internal.ipc.WantedBatches;
import org.bamarrow.internal.read.OrderedTasks;
import org.bamarrow.spark.files.BamFile;
import org.bamarrow.spark.files.BatchTables;
import org.bamarrow.spark.files.Cancellation;
import org.bamarrow.spark.files.TableFiles;

/**
 * Finds on the driver which record batches of Arrow files a condition needs, by their zone maps:
 * those of a directory at once, or those of single files, several at a time.
 */
final class BatchLookup {
  /** Files that are open at the same time: most of the time is spent waiting for remote ones. */
  private static final int THREADS = 16;

  /** Zone maps of more files than this are left to the tasks, of which more run at a time. */
  private static final int MAX_FILES = 128;

  private final TableFiles files;
  private final RawPredicate condition;

  BatchLookup(TableFiles files, RawPredicate condition) {
    this.files = files;
    this.condition = condition;
  }

  /**
   * The batches of each file; null if they are not known, and the tasks find them.
   *
   * @throws UncheckedIOException if the query is cancelled
   */
  List<WantedBatches> wanted() {
    Map<String, WantedBatches> ofDirectories =
        ReferenceIds.areIn(condition) // the parts of a directory may have different references
            ? Map.of()
            : BatchTables.wanted(files, columns -> new ZonePredicate(condition, columns));
    List<WantedBatches> wanted = new ArrayList<>();
    int unknown = 0;
    for (BamFile file : files.files()) {
      wanted.add(ofDirectories.get(file.name()));
      unknown += wanted.get(wanted.size() - 1) == null ? 1 : 0;
    }
    if (unknown == 0 || unknown > MAX_FILES) {
      return wanted;
    }
    List<WantedBatches> all = new ArrayList<>();
    OrderedTasks.Task<WantedBatches> task =
        index -> wanted.get(index) == null ? ofFile(files.files().get(index)) : wanted.get(index);
    try {
      OrderedTasks.run(0, wanted.size(), THREADS, task, all::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    return all;
  }

  /** Null also if the file cannot be read: the task that reads it tells why. */
  private WantedBatches ofFile(BamFile file) {
    try {
      ZoneCache.Found found =
          ZoneCache.shared().zones(file, files.settings(), condition, List.of());
      return found.located() == null ? null : found.located().wanted(found.condition());
    } catch (IOException | RuntimeException e) {
      Cancellation.check(e);
      return null;
    }
  }
}
