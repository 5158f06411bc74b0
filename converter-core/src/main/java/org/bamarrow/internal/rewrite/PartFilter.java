package org.bamarrow.internal.rewrite;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.engine.PartBatches;
import org.bamarrow.internal.engine.PartZones;
import org.bamarrow.internal.filter.ZonePredicate;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.ipc.WantedBatches;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartStore;

/**
 * Which parts of a directory can have rows that pass the filters, by what the manifest tells of
 * them, and {@code _batches.arrow} where it does not list the references. Others are not opened;
 * that they are there, with the length that the manifest says, is checked in the listing of the
 * directory. For one thread.
 */
public final class PartFilter {
  private final PartStore store;
  private final Manifest manifest;
  private final List<Field> fields;
  private final PartZones zones;
  private final ZonePredicate predicate;

  /** Bytes by name; null before they are needed. */
  private Map<String, Long> lengths;

  /** The record batches that are needed, by part; null before they are asked for. */
  private Map<String, WantedBatches> batches;

  private long rowsLeftOut;

  /**
   * @param store the directory
   * @throws IllegalArgumentException if the filters need a column that the parts lack
   * @throws IOException if the metadata of the schema are not valid
   */
  public PartFilter(PartStore store, Manifest manifest, ArrowFilters filters) throws IOException {
    this.store = store;
    this.manifest = manifest;
    IpcSchema schema = IpcSchema.of(manifest.arrowSchema());
    filters.on(store.name(), schema);
    fields = schema.fields();
    zones = new PartZones(store.name(), fields);
    predicate = filters.predicate(schema, zones.columns());
  }

  /**
   * Whether a part can have rows that pass; the rows of others are counted.
   *
   * @throws IOException if it has none, and is not there as the manifest says
   */
  public boolean canMatch(Part part) throws IOException {
    if (part.rows() > 0 && canMatchZone(part)) {
      return true;
    }
    if (lengths == null) {
      lengths = new HashMap<>();
      store.list().forEach(file -> lengths.put(file.name(), file.bytes()));
    }
    Long length = lengths.get(part.name());
    if (length == null) {
      store.open(part.name()).close(); // tells that it is missing
    } else {
      part.requireLength(length, store.name());
    }
    rowsLeftOut += part.rows();
    return false;
  }

  private boolean canMatchZone(Part part) throws IOException {
    Zone zone = zones.of(part);
    if (zone != null && !predicate.canMatch(zone)) {
      return false;
    }
    if (zone != null && (zone.references() != null || !predicate.needsReferences())) {
      return true;
    }
    if (batches == null) { // tells more where the zone does not list the references
      batches = PartBatches.wanted(store, manifest, fields, columns -> predicate);
    }
    WantedBatches wanted = batches.get(part.name());
    return wanted == null || !wanted.ranges().isEmpty();
  }

  /** Rows of the parts that were left out. */
  public long rowsLeftOut() {
    return rowsLeftOut;
  }
}
