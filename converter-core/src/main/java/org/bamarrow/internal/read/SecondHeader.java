package org.bamarrow.internal.read;

import org.bamarrow.internal.bam.RecordChecker;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.io.BamFormatException;

/** Detects a BAM header between records, as in files that were concatenated with cat. */
final class SecondHeader {
  /** "BAM\1" as a block_size. */
  static final int MAGIC = 0x014d4142;

  private SecondHeader() {}

  /**
   * Whether the bytes at {@code at}, whose block_size equals the BAM magic, are a second header.
   * Its SAM text starts at the offset of POS; but the first byte of POS may be the same, so bytes
   * that are a valid record by their fixed fields and name are taken as a record.
   *
   * @param size number of valid bytes in {@code data}
   * @param references number of references in the header of the file
   */
  static boolean isAt(byte[] data, int at, int size, int references) {
    int available = size - at;
    return available > RecordLayout.POS
        && data[at + RecordLayout.POS] == '@'
        && !RecordChecker.maybeValid(data, at, available, references);
  }

  static BamFormatException error(String file, long virtualOffset) {
    return new BamFormatException(
        file,
        virtualOffset,
        "second BAM header instead of a record",
        "the file was probably made with cat; use samtools cat");
  }
}
