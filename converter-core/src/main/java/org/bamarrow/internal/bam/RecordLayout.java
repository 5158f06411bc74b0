package org.bamarrow.internal.bam;

import static org.bamarrow.internal.base.LittleEndian.int32;
import static org.bamarrow.internal.base.LittleEndian.uint16;
import static org.bamarrow.internal.base.LittleEndian.uint8;

/**
 * Offsets of the fields of a BAM record (SAM specification 4.2) in bytes from the record's
 * block_size field. The methods require a record that has been checked.
 */
public final class RecordLayout {
  public static final int REF_ID = 4;
  public static final int POS = 8;
  public static final int L_READ_NAME = 12;
  public static final int MAPQ = 13;
  public static final int BIN = 14;
  public static final int N_CIGAR_OP = 16;
  public static final int FLAG = 18;
  public static final int L_SEQ = 20;
  public static final int NEXT_REF_ID = 24;
  public static final int NEXT_POS = 28;
  public static final int TLEN = 32;
  public static final int READ_NAME = 36;

  /** The minimum block_size: the fixed fields after block_size itself. */
  public static final int FIXED_BYTES = 32;

  private RecordLayout() {}

  /** Offset of the first byte after the record that starts at {@code start}. */
  public static int end(byte[] data, int start) {
    return start + 4 + int32(data, start);
  }

  public static int cigar(byte[] data, int start) {
    return start + READ_NAME + uint8(data, start + L_READ_NAME);
  }

  public static int seq(byte[] data, int start) {
    return cigar(data, start) + 4 * uint16(data, start + N_CIGAR_OP);
  }

  public static int qual(byte[] data, int start) {
    return seq(data, start) + (int32(data, start + L_SEQ) + 1 >>> 1);
  }

  /** Offset of the first auxiliary field; equal to {@link #end} if there is none. */
  public static int aux(byte[] data, int start) {
    return qual(data, start) + int32(data, start + L_SEQ);
  }
}
