package org.bamarrow.bam;

import org.bamarrow.BamFormatException;

/**
 * A run of whole records of one file in inflated bytes: what travels in front of the decoders.
 * Owned by one thread at a time; valid until its owner fills it anew.
 */
public interface RecordSlice {
  /** The inflated bytes; records lie in it wholly. */
  byte[] data();

  /** Number of records (rows). */
  int count();

  /** Offset in {@link #data} of the block_size field of record {@code row} (0-based). */
  int start(int row);

  BamHeader header();

  /** The file's name as the user gave it. */
  String file();

  /** Virtual offset of the record's first byte. */
  long virtualOffset(int row);

  /** An error about one record, with its place. */
  default BamFormatException error(int row, String problem, String remedy) {
    return new BamFormatException(file(), virtualOffset(row), problem, remedy);
  }
}
