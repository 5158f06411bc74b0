package org.bamarrow.internal.read;

import java.io.Serializable;

/**
 * A part of a BAM: the records that start in BGZF blocks whose 0-based file offset is in {@code
 * [begin, end)}. Neither bound needs to be the start of a block.
 */
public record BamSplit(long begin, long end) implements Serializable {
  public BamSplit {
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("invalid split: begin " + begin + ", end " + end);
    }
  }

  /** Length in compressed bytes. */
  public long length() {
    return end - begin;
  }
}
