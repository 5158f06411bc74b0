package org.bamarrow.internal.index;

import java.io.Serializable;
import java.util.TreeMap;

/**
 * Record counts of an index for some references. The map must not be modified.
 *
 * @param index name of the index file
 * @param references number of references of the file; used as the id of the unplaced records
 * @param counts counts by 0-based reference id
 */
public record ReferenceCounts(String index, int references, TreeMap<Integer, Count> counts)
    implements Serializable {
  /**
   * Record counts of one reference, each {@link BinningIndex#UNKNOWN} if the index does not have
   * it.
   *
   * @param unmapped records with FLAG 0x4; for the unplaced records all of them
   */
  public record Count(long mapped, long unmapped) implements Serializable {}

  /**
   * The counts of an index.
   *
   * @param ids reference ids; the number of references is the id of the unplaced records
   */
  public static ReferenceCounts of(BinningIndex index, Iterable<Integer> ids) {
    TreeMap<Integer, Count> counts = new TreeMap<>();
    for (int id : ids) {
      counts.put(
          id,
          id == index.references()
              ? new Count(0, index.unplacedCount())
              : new Count(index.mappedCount(id), index.unmappedCount(id)));
    }
    return new ReferenceCounts(index.name(), index.references(), counts);
  }
}
