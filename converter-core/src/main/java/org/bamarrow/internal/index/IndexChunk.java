package org.bamarrow.internal.index;

import org.bamarrow.internal.read.BamRange;

/**
 * A run of records that an index tells of, and what it tells of the first one.
 *
 * @param start BGZF virtual offset of the first record
 * @param end virtual offset behind the last record; {@link BamRange#TO_END}: the end of the file
 * @param referenceId 0-based id of the first record's reference; {@link #UNPLACED} or {@link #ANY}
 * @param from 0-based, least position of the first record, which may begin and end there; -1 where
 *     it has a reference, but no position
 * @param to 0-based, above its greatest position
 */
public record IndexChunk(long start, long end, int referenceId, long from, long to) {
  /** The first record has no reference. */
  public static final int UNPLACED = -1;

  /** The index does not tell the first record's reference. */
  public static final int ANY = -2;

  /** Of a reference's records, somewhere on it. */
  static IndexChunk on(int referenceId, long start, long end) {
    return new IndexChunk(start, end, referenceId, 0, Long.MAX_VALUE);
  }

  /** Unplaced records, to the end of the file. */
  static IndexChunk unplaced(long start) {
    return on(UNPLACED, start, BamRange.TO_END);
  }

  /** Whatever lies there. */
  static IndexChunk any(long start, long end) {
    return on(ANY, start, end);
  }
}
