package org.bamarrow.spark.read;

import java.io.Serializable;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.spark.files.BamFile;

/**
 * A part of a file.
 *
 * @param split the bytes in which its records start, and with ranges others too
 * @param ranges where exactly; null: all in the split
 */
public record FileSplit(BamFile file, BamSplit split, IndexedRanges ranges) implements Serializable {
  FileSplit(BamFile file, BamSplit split) {
    this(file, split, null);
  }

  /** Compressed bytes, nearly. */
  long bytes() {
    return ranges == null ? split.length() : IndexedRanges.bytes(ranges.bounds(), file.length());
  }
}
