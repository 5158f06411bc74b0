package org.bamarrow.internal.index;

import java.io.IOException;
import java.util.Arrays;

/**
 * An SBI, the splitting index of GATK and disq (described in htsjdk's {@code SBIIndex}): the
 * virtual offset of every n-th record.
 */
public final class SplittingIndex implements BamIndex {
  /** MD5 and UUID of the BAM, which htsjdk and disq set to zero. */
  private static final int DIGESTS = 32;

  private final String name;
  private final long fileSize;
  private final long records;
  private final long granularity;
  private final long[] starts;
  private final long end;

  private SplittingIndex(
      String name, long fileSize, long records, long granularity, long[] starts, long end) {
    this.name = name;
    this.fileSize = fileSize;
    this.records = records;
    this.granularity = granularity;
    this.starts = starts;
    this.end = end;
  }

  static SplittingIndex read(IndexBytes bytes) throws IOException {
    long fileSize = bytes.int64("the file length");
    bytes.skip(DIGESTS, "the digests");
    long records = bytes.int64("the number of records");
    long granularity = bytes.int64("the granularity");
    int count = bytes.longCount("number of offsets", 8);
    if (fileSize < 0 || records < 0 || granularity < 1) {
      throw bytes.unusable(
          "it is damaged: %d bytes, %d records, granularity %d"
              .formatted(fileSize, records, granularity));
    }
    if (count == 0) {
      throw bytes.unusable("it is damaged: it has no offsets");
    }
    long[] offsets = new long[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = bytes.int64("an offset");
      if (i > 0 && Long.compareUnsigned(offsets[i - 1], offsets[i]) >= 0) {
        throw bytes.unusable("it is damaged: its offsets do not ascend");
      }
    }
    bytes.requireEnd();
    long[] starts = Arrays.copyOf(offsets, count - 1);
    return new SplittingIndex(
        bytes.name, fileSize, records, granularity, starts, offsets[count - 1]);
  }

  @Override
  public String name() {
    return name;
  }

  /** Size in bytes of the BAM that the index was created for. */
  public long fileSize() {
    return fileSize;
  }

  @Override
  public long records() {
    return records;
  }

  /** Number of records between two offsets. */
  public long granularity() {
    return granularity;
  }

  /** Virtual offset after the last record. */
  public long end() {
    return end;
  }

  @Override
  public long[] offsets() {
    return starts.clone();
  }
}
