package org.bamarrow.internal.read;

import org.bamarrow.errors.RecordPlace;
import org.bamarrow.internal.bam.DamagedRecordRemedies;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.io.BamFormatException;

/** The error of a block_size that no record can have, or one too large for the memory. */
final class WrongBlockSize {
  private WrongBlockSize() {}

  /**
   * @param maxRecord the largest block_size that the memory allows
   */
  static BamFormatException error(
      String file, RecordPlace record, long virtualOffset, int blockSize, int maxRecord) {
    if (blockSize < RecordLayout.FIXED_BYTES) {
      return new BamFormatException(
          file,
          record,
          virtualOffset,
          "record with block_size "
              + blockSize
              + "; it or one before it was written so: its block's CRC32 is right",
          DamagedRecordRemedies.RECORD.or(DamagedRecordRemedies.BEFORE));
    }
    return new BamFormatException(
        file,
        record,
        virtualOffset,
        "record of " + blockSize + " bytes, over the " + maxRecord + " that the memory allows",
        MemoryPlan.remedy(blockSize).or(DamagedRecordRemedies.BEFORE));
  }
}
