package org.bamarrow.internal.index;

import org.bamarrow.internal.read.BamRange;

/**
 * A chunk of records in an index, with the reference and positions of the first record.
 *
 * @param start BGZF virtual offset of the first record
 * @param end virtual offset after the last record; {@link BamRange#TO_END}: the end of the file
 * @param referenceId 0-based id of the first record's reference; {@link #UNPLACED} or {@link #ANY}
 * @param from 0-based minimum position of the first record, which must start and end within from
 *     and to; -1 if it has a reference, but no position
 * @param to 0-based maximum position of the first record, exclusive
 */
public record IndexChunk(long start, long end, int referenceId, long from, long to) {
  /** The first record has no reference. */
  public static final int UNPLACED = -1;

  /** The reference of the first record is not known. */
  public static final int ANY = -2;

  /** Records of a reference, at any position. */
  static IndexChunk on(int referenceId, long start, long end) {
    return new IndexChunk(start, end, referenceId, 0, Long.MAX_VALUE);
  }

  /** Unplaced records, to the end of the file. */
  static IndexChunk unplaced(long start) {
    return on(UNPLACED, start, BamRange.TO_END);
  }

  /** Any records. */
  static IndexChunk any(long start, long end) {
    return on(ANY, start, end);
  }

  // A record's own are linked at run time (docs/performance.md, "Start-up and the JVM").
  @Override
  public boolean equals(Object other) {
    return other instanceof IndexChunk chunk
        && start == chunk.start
        && end == chunk.end
        && referenceId == chunk.referenceId
        && from == chunk.from
        && to == chunk.to;
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(start) + Long.hashCode(end);
  }
}
