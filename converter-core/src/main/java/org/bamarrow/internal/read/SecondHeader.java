package org.bamarrow.internal.read;

import org.bamarrow.internal.bam.RecordChecker;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.io.BamFormatException;

/** A BAM header amid the records: files were joined with cat. */
final class SecondHeader {
  /** "BAM\1" as a block_size. */
  static final int MAGIC = 0x014d4142;

  private SecondHeader() {}

  /**
   * Whether a second BAM header stands where a record's block_size would spell the magic. Its SAM
   * text begins where a POS would be; but a POS may begin with the same byte, so what is a record
   * by its fixed fields and name is one.
   *
   * @param size bytes of the data that count
   * @param references number of references in the file's header
   */
  static boolean standsAt(byte[] data, int at, int size, int references) {
    int there = size - at;
    return there > RecordLayout.POS
        && data[at + RecordLayout.POS] == '@'
        && !RecordChecker.maybeValid(data, at, there, references);
  }

  static BamFormatException error(String file, long virtualOffset) {
    return new BamFormatException(
        file,
        virtualOffset,
        "a second BAM header stands where a record should",
        "was it made with cat? join with samtools cat");
  }
}
