package org.bamarrow.spark.files;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.bamarrow.internal.ipc.WantedBatches;
import org.bamarrow.internal.ipc.ZonesOfParts;
import org.bamarrow.io.ByteSource;
import org.bamarrow.parts.PartNames;
import org.slf4j.LoggerFactory;

/**
 * Reads the files {@value PartNames#BATCHES} of the directories of a table, which have the zone
 * maps of all parts: one read instead of one for each part.
 */
public final class BatchTables {
  /** A larger one is not worth it: the tasks read the zone maps of the parts. */
  private static final int MAX_BYTES = 1 << 26;

  private BatchTables() {}

  /**
   * The record batches that a condition needs, by the name of the file. Files of which nothing is
   * known are not among them. Parts have names that are used once, so that a table that is older
   * than a part has no rows of it.
   */
  public static Map<String, WantedBatches> wanted(TableFiles files, ZonesOfParts.TestOf condition) {
    Map<String, WantedBatches> wanted = new HashMap<>();
    if (files.arrowSchemas().size() == 1) { // otherwise it is not known which are those of a table
      for (Path folder : files.bases()) {
        try {
          add(folder, files, condition, wanted);
        } catch (IOException | RuntimeException e) {
          Cancellation.check(e);
          LoggerFactory.getLogger(BatchTables.class)
              .warn("{}/{} is ignored: {}", folder, PartNames.BATCHES, e.getMessage());
        }
      }
    }
    return wanted;
  }

  private static void add(
      Path folder, TableFiles files, ZonesOfParts.TestOf condition, Map<String, WantedBatches> into)
      throws IOException {
    HadoopPartStore store = new HadoopPartStore(folder.toString(), files.settings());
    if (!store.isFile(PartNames.BATCHES)) {
      return;
    }
    Map<String, WantedBatches> parts;
    try (ByteSource source = store.open(PartNames.BATCHES)) {
      if (source.size() > MAX_BYTES) {
        return;
      }
      parts =
          ZonesOfParts.wanted(source, files.arrowSchemas().get(0).schema().getFields(), condition);
    }
    for (int i = 0; i < files.statuses().size(); i++) {
      FileStatus file = files.statuses().get(i);
      Path path = file.getPath();
      WantedBatches batches =
          FileSystems.isBelow(path, new Path(store.name())) ? parts.get(store.nameOf(file)) : null;
      if (batches != null && batches.end() <= file.getLen()) {
        into.put(files.files().get(i).name(), batches);
      }
    }
  }
}
