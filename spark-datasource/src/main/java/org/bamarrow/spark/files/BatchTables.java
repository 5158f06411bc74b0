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
import org.bamarrow.internal.engine.PartZones;
import org.bamarrow.internal.ipc.WantedBatches;
import org.bamarrow.internal.ipc.ZonesOfParts;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneTest;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;

/**
 * What directories of a table tell of their parts: the files {@value PartNames#BATCHES} have the
 * zone maps of all parts, in one read instead of one for each part; where a part is not in it, the
 * manifest may tell that no row of it is needed.
 */
public final class BatchTables {
  private final TableFiles files;
  private final List<Field> fields;
  private final ZonesOfParts.TestOf condition;
  private final Map<String, WantedBatches> wanted = new HashMap<>();

  private BatchTables(TableFiles files, ZonesOfParts.TestOf condition) {
    this.files = files;
    this.fields = files.arrowSchemas().get(0).schema().getFields();
    this.condition = condition;
  }

  /**
   * The record batches that a condition needs, by the name of the file. Files of which nothing is
   * known are not among them. Parts have names that are used once, so that a table that is older
   * than a part has no rows of it.
   */
  public static Map<String, WantedBatches> wanted(TableFiles files, ZonesOfParts.TestOf condition) {
    if (files.arrowSchemas().size() != 1) { // it is not known which are those of a table
      return Map.of();
    }
    BatchTables tables = new BatchTables(files, condition);
    try {
      for (Map.Entry<Path, Manifest> directory : files.manifests().entrySet()) {
        tables.add(directory.getKey(), directory.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
    return tables.wanted;
  }

  private void add(Path folder, Manifest manifest) throws IOException {
    HadoopPartStore store = new HadoopPartStore(folder.toString(), files.settings());
    Map<String, WantedBatches> batches =
        PartBatches.wanted(store, manifest.batches(), fields, condition);
    Map<String, Part> parts = new HashMap<>();
    manifest.parts().forEach(part -> parts.put(part.name(), part));
    PartZones zones = new PartZones(store.name(), fields);
    ZoneTest test = condition.on(zones.columns());
    for (int i = 0; i < files.statuses().size(); i++) {
      FileStatus file = files.statuses().get(i);
      if (!FileSystems.isBelow(file.getPath(), new Path(store.name()))) {
        continue;
      }
      WantedBatches some = batches.get(store.nameOf(file));
      Part part = parts.get(store.nameOf(file));
      if (some != null && some.end() <= file.getLen()) {
        wanted.put(files.files().get(i).name(), some);
      } else if (part != null) {
        Zone zone = zones.of(part);
        if (zone != null && !test.canMatch(zone)) {
          WantedBatches none = new WantedBatches(zone.batches(), zone.batches(), List.of());
          wanted.put(files.files().get(i).name(), none);
        }
      }
    }
  }
}
