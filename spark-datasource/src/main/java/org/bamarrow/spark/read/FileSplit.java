package org.bamarrow.spark.read;

import java.io.IOException;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.io.ByteSource;
import org.bamarrow.spark.files.BamFile;
import org.bamarrow.spark.files.Sources;

/**
 * A part of a file that one task reads.
 *
 * @param byteRange the bytes in which its records start; with ranges, others may lie there too
 * @param ranges the virtual offsets to be read; null: all records of the byte range
 * @param batches of Arrow data, those to be read; null: those of the byte range, of which the task
 *     leaves out what it does not need
 */
record FileSplit(BamFile file, BamSplit byteRange, IndexedRanges ranges, SplitBatches batches)
    implements Serializable {
  FileSplit(BamFile file, BamSplit byteRange) {
    this(file, byteRange, null);
  }

  FileSplit(BamFile file, BamSplit byteRange, IndexedRanges ranges) {
    this(file, byteRange, ranges, null);
  }

  /**
   * Opens the file for a task that reads this split.
   *
   * @param readAheadBytes of one request of a remote file; 0: no read-ahead
   */
  ByteSource openToRead(Configuration settings, int readAheadBytes) throws IOException {
    return batches == null
        ? Sources.openToRead(file, byteRange, settings, readAheadBytes)
        : Sources.openToRead(file, batches.bounds(), settings, readAheadBytes);
  }

  /** Compressed bytes to be read, approximately. */
  long length() {
    if (batches != null) {
      return batches.bytes();
    }
    return ranges == null
        ? byteRange.length()
        : IndexedRanges.bytes(ranges.bounds(), file.length());
  }
}
