package org.bamarrow.internal.bam;

import static org.bamarrow.internal.base.LittleEndian.int32;
import static org.bamarrow.internal.base.LittleEndian.uint16;
import static org.bamarrow.internal.base.LittleEndian.uint8;

import org.bamarrow.io.BamFormatException;

/**
 * Checks the fixed fields of records against their block_size (SAM specification 4.2), in 64 bits,
 * so that decoders may read without checks.
 */
public final class RecordChecker {
  /** Records per call of a short method: docs/performance.md, "Start-up and the JVM". */
  private static final int ROWS_PER_CALL = 64;

  private RecordChecker() {}

  /** Throws for the first invalid record of the slice. */
  public static void check(RecordSlice slice) throws BamFormatException {
    for (int row = 0; row < slice.count(); row += ROWS_PER_CALL) {
      check(slice, row, Math.min(slice.count(), row + ROWS_PER_CALL));
    }
  }

  private static void check(RecordSlice slice, int from, int to) throws BamFormatException {
    byte[] data = slice.data();
    int references = slice.header().references().size();
    for (int row = from; row < to; row++) {
      int start = slice.start(row);
      if (!isValid(data, start, references)) {
        throw slice.invalidRecord(
            row, problem(data, start, references), DamagedRecordRemedies.RECORD);
      }
    }
  }

  /**
   * Whether the fixed fields of one record are in range and fit its block_size. Reads at most the
   * first 291 bytes of the record (36 and the longest name).
   *
   * @param references number of references in the header
   */
  static boolean isValid(byte[] data, int start, int references) {
    int nameLength = uint8(data, start + RecordLayout.L_READ_NAME);
    return fieldsValid(data, start, references)
        && data[start + RecordLayout.READ_NAME + nameLength - 1] == 0;
  }

  /**
   * As {@link #isValid}, for a record of which only the first bytes are available.
   *
   * @param available number of available bytes from {@code start} on
   * @return false if these bytes show that the record is invalid
   */
  public static boolean maybeValid(byte[] data, int start, int available, int references) {
    if (available < RecordLayout.READ_NAME) {
      return true;
    }
    int name = RecordLayout.READ_NAME + uint8(data, start + RecordLayout.L_READ_NAME);
    return available < name
        ? fieldsValid(data, start, references)
        : isValid(data, start, references);
  }

  private static boolean fieldsValid(byte[] data, int start, int references) {
    int nameLength = uint8(data, start + RecordLayout.L_READ_NAME);
    int bases = int32(data, start + RecordLayout.L_SEQ);
    int refId = int32(data, start + RecordLayout.REF_ID);
    int nextRefId = int32(data, start + RecordLayout.NEXT_REF_ID);
    return nameLength > 0
        && bases >= 0
        && used(data, start) <= int32(data, start)
        && refId >= -1
        && refId < references
        && nextRefId >= -1
        && nextRefId < references;
  }

  /** The minimum block_size: of all fields except the auxiliary fields. */
  private static long used(byte[] data, int start) {
    int bases = int32(data, start + RecordLayout.L_SEQ);
    return RecordLayout.FIXED_BYTES
        + uint8(data, start + RecordLayout.L_READ_NAME)
        + 4L * uint16(data, start + RecordLayout.N_CIGAR_OP)
        + (bases + 1L >> 1)
        + bases;
  }

  private static String problem(byte[] data, int start, int references) {
    long used = used(data, start);
    int nameLength = uint8(data, start + RecordLayout.L_READ_NAME);
    int bases = int32(data, start + RecordLayout.L_SEQ);
    if (nameLength == 0) {
      return "record with l_read_name 0";
    }
    if (bases < 0) {
      return "record with l_seq " + bases;
    }
    if (used > int32(data, start)) {
      return "record whose name, CIGAR, SEQ and QUAL require "
          + used
          + " bytes, but whose block_size is "
          + int32(data, start);
    }
    int refId = int32(data, start + RecordLayout.REF_ID);
    if (refId < -1 || refId >= references) {
      return "record with refID " + refId + ", but the header has " + references + " references";
    }
    int nextRefId = int32(data, start + RecordLayout.NEXT_REF_ID);
    if (nextRefId < -1 || nextRefId >= references) {
      return "record with next_refID "
          + nextRefId
          + ", but the header has "
          + references
          + " references";
    }
    return "record whose name does not end with NUL";
  }
}
