package org.bamarrow.spark.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.bamarrow.internal.engine.PartBatches;
import org.bamarrow.internal.ipc.WantedBatches;
import org.bamarrow.internal.ipc.ZonesOfParts;
import org.bamarrow.parts.Manifest;

/** What the directories of a table that have a manifest tell of their parts. */
public final class BatchTables {
  private BatchTables() {}

  /**
   * The record batches that a condition needs, by the name of the file. Files of which nothing is
   * known are not among them.
   *
   * @throws UncheckedIOException if the thread is interrupted
   */
  public static Map<String, WantedBatches> wanted(TableFiles files, ZonesOfParts.TestOf condition) {
    Map<String, WantedBatches> wanted = new HashMap<>();
    if (files.arrowSchemas().size() == 1) { // otherwise it is not known which are those of a table
      try {
        for (Map.Entry<Path, Manifest> directory : files.manifests().entrySet()) {
          add(directory.getKey(), directory.getValue(), files, condition, wanted);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
    return wanted;
  }

  private static void add(
      Path folder,
      Manifest manifest,
      TableFiles files,
      ZonesOfParts.TestOf condition,
      Map<String, WantedBatches> into)
      throws IOException {
    HadoopPartStore store = new HadoopPartStore(folder.toString(), files.settings());
    List<Field> fields = files.arrowSchemas().get(0).schema().getFields();
    Map<String, WantedBatches> parts = PartBatches.wanted(store, manifest, fields, condition);
    for (int i = 0; i < files.statuses().size(); i++) {
      FileStatus file = files.statuses().get(i);
      WantedBatches batches =
          FileSystems.isBelow(file.getPath(), new Path(store.name()))
              ? parts.get(store.nameOf(file))
              : null;
      if (batches != null && batches.end() <= file.getLen()) {
        into.put(files.files().get(i).name(), batches);
      }
    }
  }
}
