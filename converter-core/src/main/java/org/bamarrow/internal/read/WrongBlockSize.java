package org.bamarrow.internal.read;

import org.bamarrow.errors.RecordPlace;
import org.bamarrow.internal.bam.DamagedRecordRemedies;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.io.BamFormatException;

/** The error for an invalid block_size, or one too large for the memory. */
final class WrongBlockSize {
  private WrongBlockSize() {}

  /**
   * @param maxRecord maximum block_size that the memory allows
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
              + "; this record or one before it was written wrongly: the CRC32 of its block is"
              + " right",
          DamagedRecordRemedies.RECORD.or(DamagedRecordRemedies.BEFORE));
    }
    return new BamFormatException(
        file,
        record,
        virtualOffset,
        "record of " + blockSize + " bytes, more than the " + maxRecord + " that the memory allows",
        MemoryPlan.remedy(blockSize).or(DamagedRecordRemedies.BEFORE));
  }
}
