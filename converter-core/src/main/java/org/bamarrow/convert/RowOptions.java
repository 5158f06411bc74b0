package org.bamarrow.convert;

import java.io.Serializable;
import java.util.Set;
import org.bamarrow.internal.base.ByteStringSet;

/**
 * Which records become rows: samtools view's filters, with the meaning that samtools 1.16 gives
 * them. All that are set must hold. Immutable: the sets are copied.
 *
 * @param requireFlags {@code -f}: all of these FLAG bits
 * @param excludeFlags {@code -F}: none of these FLAG bits
 * @param excludeAllFlags {@code -G}: not all of these FLAG bits; 0 filters nothing
 * @param minMapq {@code -q}: mapq at least this, 0 to 255
 * @param readGroups {@code -r}/{@code -R}: RG among these; null: any
 * @param tag {@code -d}/{@code -D}: this tag must be there; null: any
 * @param tagValues with {@code tag}: its value among these; null: any value
 * @param names {@code -N}: QNAME among these; null: any
 * @param fraction {@code -s}: the share of templates kept, 0 to 1; 1 keeps all
 * @param seed seed of the sample
 * @param limit only the first so many rows, across all files; -1: all
 */
public record RowOptions(
    int requireFlags,
    int excludeFlags,
    int excludeAllFlags,
    int minMapq,
    Set<String> readGroups,
    String tag,
    Set<String> tagValues,
    Set<String> names,
    double fraction,
    int seed,
    long limit)
    implements Serializable {
  public static final RowOptions ALL = new RowOptions(0, 0, 0, 0, null, null, null, null, 1, 0, -1);

  public RowOptions {
    readGroups = copy(readGroups);
    tagValues = copy(tagValues);
    names = copy(names);
  }

  /** Not of a byte set, which may be large and is immutable. */
  private static Set<String> copy(Set<String> set) {
    return set == null || set instanceof ByteStringSet ? set : Set.copyOf(set);
  }

  /**
   * Whether any record can be refused, the limit aside. ({@code equals} of a record would be linked
   * at run time: start-up, docs/performance.md.)
   */
  public boolean filters() {
    return (requireFlags | excludeFlags | excludeAllFlags | minMapq) != 0
        || readGroups != null
        || tag != null
        || tagValues != null
        || names != null
        || fraction != 1;
  }

  public RowOptions withLimit(long value) {
    return new RowOptions(
        requireFlags,
        excludeFlags,
        excludeAllFlags,
        minMapq,
        readGroups,
        tag,
        tagValues,
        names,
        fraction,
        seed,
        value);
  }
}
