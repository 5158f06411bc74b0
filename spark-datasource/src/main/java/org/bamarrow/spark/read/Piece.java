package org.bamarrow.spark.read;

import java.io.Serializable;
import org.bamarrow.read.BamSplit;
import org.bamarrow.spark.BamFile;

/**
 * A part of a file.
 *
 * @param split the bytes in which its records start, and with ranges others too
 * @param ranges where exactly; null: all in the split
 */
public record Piece(BamFile file, BamSplit split, IndexedRanges ranges) implements Serializable {
  Piece(BamFile file, BamSplit split) {
    this(file, split, null);
  }

  /** Compressed bytes, nearly. */
  long bytes() {
    return ranges == null ? split.length() : IndexedRanges.bytes(ranges.bounds(), file.length());
  }
}
