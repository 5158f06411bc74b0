package org.bamarrow.spark.read;

import java.io.Serializable;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.spark.files.BamFile;

/**
 * A part of a file that one task reads.
 *
 * @param byteRange the bytes in which its records start; with ranges, others may lie there too
 * @param ranges the virtual offsets to be read; null: all records of the byte range
 */
record FileSplit(BamFile file, BamSplit byteRange, IndexedRanges ranges) implements Serializable {
  FileSplit(BamFile file, BamSplit byteRange) {
    this(file, byteRange, null);
  }

  /** Compressed bytes to be read, approximately. */
  long length() {
    return ranges == null
        ? byteRange.length()
        : IndexedRanges.bytes(ranges.bounds(), file.length());
  }
}
