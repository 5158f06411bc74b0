package org.bamarrow.internal.read;

import java.io.Serializable;

/**
 * A part of a BAM: the records that start in the BGZF blocks which start from byte {@code begin},
 * inclusive, to byte {@code end}, exclusive (0-based; neither needs to be a block's start).
 */
public record BamSplit(long begin, long end) implements Serializable {
  public BamSplit {
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("no split goes from byte " + begin + " to " + end);
    }
  }

  /** Compressed bytes. */
  public long length() {
    return end - begin;
  }
}
