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
  /** Short methods, for start-up (docs/performance.md). */
  private static final int GROUP = 64;

  private RecordChecker() {}

  /** Throws for the first record of the slice whose fields do not fit. */
  public static void check(RecordSlice slice) throws BamFormatException {
    for (int row = 0; row < slice.count(); row += GROUP) {
      check(slice, row, Math.min(slice.count(), row + GROUP));
    }
  }

  private static void check(RecordSlice slice, int from, int to) throws BamFormatException {
    byte[] data = slice.data();
    int references = slice.header().references().size();
    for (int row = from; row < to; row++) {
      int start = slice.start(row);
      if (!sound(data, start, references)) {
        throw slice.unsound(row, problem(data, start, references), DamagedRecordRemedies.RECORD);
      }
    }
  }

  /**
   * Whether the fixed fields of one record are in their ranges and fit its block_size; of the
   * record's bytes the first 291 (36 and the longest name) are read, as far as block_size goes.
   *
   * @param references number of references in the header
   */
  static boolean sound(byte[] data, int start, int references) {
    int nameLength = uint8(data, start + RecordLayout.L_READ_NAME);
    return fieldsSound(data, start, references)
        && data[start + RecordLayout.READ_NAME + nameLength - 1] == 0;
  }

  /**
   * As {@link #sound}, judged by the first bytes of a record.
   *
   * @param there bytes from {@code start} on that may be looked at
   * @return false where these show that it is no sound record
   */
  public static boolean maybeSound(byte[] data, int start, int there, int references) {
    if (there < RecordLayout.READ_NAME) {
      return true;
    }
    int name = RecordLayout.READ_NAME + uint8(data, start + RecordLayout.L_READ_NAME);
    return there < name ? fieldsSound(data, start, references) : sound(data, start, references);
  }

  private static boolean fieldsSound(byte[] data, int start, int references) {
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

  /** The block_size that all but the auxiliary fields need. */
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
      return "record whose name, CIGAR, SEQ and QUAL need "
          + used
          + " bytes but whose block_size is "
          + int32(data, start);
    }
    int refId = int32(data, start + RecordLayout.REF_ID);
    if (refId < -1 || refId >= references) {
      return "record with reference id " + refId + " of " + references + " references";
    }
    int nextRefId = int32(data, start + RecordLayout.NEXT_REF_ID);
    if (nextRefId < -1 || nextRefId >= references) {
      return "record with next reference id " + nextRefId + " of " + references + " references";
    }
    return "record whose name does not end with NUL";
  }
}
