package org.bamarrow.internal.bam;

import static org.bamarrow.internal.base.LittleEndian.int32;
import static org.bamarrow.internal.base.LittleEndian.uint8;

import org.bamarrow.errors.Printable;
import org.bamarrow.errors.RecordPlace;
import org.bamarrow.errors.Remedy;
import org.bamarrow.io.BamFormatException;

/**
 * Consecutive whole records of one file in inflated bytes: the input of the decoders. Owned by one
 * thread at a time; valid until its owner refills it.
 */
public interface RecordSlice {
  /** The inflated bytes with the whole records. */
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

  /** 1-based number of a record from where reading started, for errors; may be slow. */
  default long number(int row) {
    return RecordPlace.UNKNOWN;
  }

  /** Whether reading started at the file's first record. */
  default boolean fromStart() {
    return false;
  }

  /** An error about one record, with its position. */
  default BamFormatException error(int row, String problem, Remedy remedy) {
    return new BamFormatException(file(), place(row), virtualOffset(row), problem, remedy);
  }

  /**
   * An error about an invalid record. The CRC32 of its block has been checked, so it was not
   * damaged in transfer or storage.
   *
   * @param remedy how to read the record or the rest of the file
   */
  default BamFormatException invalidRecord(int row, String problem, Remedy remedy) {
    return error(
        row, problem + DamagedRecordRemedies.WRITTEN_SO, remedy.or(DamagedRecordRemedies.BEFORE));
  }

  /** The record for the error message; only the record's extent must be valid. */
  private RecordPlace place(int row) {
    byte[] data = data();
    int start = start(row);
    int end = RecordLayout.end(data, start);
    int from = start + RecordLayout.READ_NAME;
    int to = Math.min(end, from + uint8(data, start + RecordLayout.L_READ_NAME));
    int nul = TextCheck.indexOfNul(data, from, to);
    int reference = int32(data, start + RecordLayout.REF_ID);
    int position = int32(data, start + RecordLayout.POS);
    boolean placed = reference >= 0 && reference < header().references().size() && position >= 0;
    return new RecordPlace(
        number(row),
        fromStart(),
        nul > from ? Printable.name(data, from, nul) : null,
        placed
            ? Printable.name(header().references().get(reference).name()) + ":" + (position + 1L)
            : null);
  }
}
