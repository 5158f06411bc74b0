package org.bamarrow.internal.index;

import java.io.Serializable;
import java.util.TreeMap;

/**
 * How many records an index counts of some references. Immutable by agreement: nobody changes the
 * map.
 *
 * @param index the index file's name
 * @param references number of references of the file; as an id it stands for the unplaced records
 * @param told by 0-based reference id
 */
public record ReferenceCounts(String index, int references, TreeMap<Integer, Count> told)
    implements Serializable {
  /**
   * Records of one reference, each {@link BinningIndex#UNKNOWN} where the index does not tell.
   *
   * @param unmapped with FLAG 0x4; of the unplaced records those without it count here, too
   */
  public record Count(long mapped, long unmapped) implements Serializable {}

  /**
   * What an index tells.
   *
   * @param ids of references; their number stands for the unplaced records
   */
  public static ReferenceCounts of(BinningIndex index, Iterable<Integer> ids) {
    TreeMap<Integer, Count> told = new TreeMap<>();
    for (int id : ids) {
      told.put(
          id,
          id == index.references()
              ? new Count(0, index.unplacedCount())
              : new Count(index.mappedCount(id), index.unmappedCount(id)));
    }
    return new ReferenceCounts(index.name(), index.references(), told);
  }
}
