package org.bamarrow.internal.bam;

import static org.bamarrow.internal.base.LittleEndian.int32;
import static org.bamarrow.internal.base.LittleEndian.uint8;

import org.bamarrow.errors.Printable;
import org.bamarrow.errors.RecordPlace;
import org.bamarrow.errors.Remedy;
import org.bamarrow.io.BamFormatException;

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

  /** 1-based number of a record from where the reading began, for an error; may be slow. */
  default long number(int row) {
    return RecordPlace.UNKNOWN;
  }

  /** Whether the reading began with the file's first record. */
  default boolean fromStart() {
    return false;
  }

  /** An error about one record, with its place. */
  default BamFormatException error(int row, String problem, Remedy remedy) {
    return new BamFormatException(file(), place(row), virtualOffset(row), problem, remedy);
  }

  /**
   * An error about a record that is not sound. Its block's CRC32 has been checked, so no damage on
   * the way made it so.
   *
   * @param remedy how to read past it
   */
  default BamFormatException unsound(int row, String problem, Remedy remedy) {
    return error(
        row, problem + DamagedRecordRemedies.WRITTEN_SO, remedy.or(DamagedRecordRemedies.BEFORE));
  }

  /** Which record it is; of a record of which nothing but its extent need be sound. */
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
