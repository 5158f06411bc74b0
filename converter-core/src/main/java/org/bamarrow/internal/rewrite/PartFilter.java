package org.bamarrow.internal.rewrite;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.internal.engine.PartZones;
import org.bamarrow.internal.filter.ZonePredicate;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartStore;

/**
 * Which parts of a directory can have rows that pass the filters, by what the manifest tells of
 * them. Others are not opened; that they are there, with the length that the manifest says, is
 * checked in the listing of the directory. For one thread.
 */
public final class PartFilter {
  private final PartStore store;
  private final PartZones zones;
  private final ZonePredicate predicate;

  /** Bytes by name; null before they are needed. */
  private Map<String, Long> lengths;

  private long rowsLeftOut;

  /**
   * @param store the directory
   * @throws IOException if the metadata of the schema are not valid
   */
  public PartFilter(PartStore store, Manifest manifest, ArrowFilters filters) throws IOException {
    this.store = store;
    Schema schema = manifest.arrowSchema();
    zones = new PartZones(store.name(), schema.getFields());
    predicate = filters.predicate(schema, zones.columns());
  }

  /**
   * Whether a part can have rows that pass; the rows of others are counted.
   *
   * @throws IOException if it has none, and is not there as the manifest says
   */
  public boolean canMatch(Part part) throws IOException {
    if (zones.canMatch(part, predicate)) {
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

  /** Rows of the parts that were left out. */
  public long rowsLeftOut() {
    return rowsLeftOut;
  }
}
