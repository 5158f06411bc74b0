package org.bamarrow.internal.bam;

import static org.bamarrow.internal.base.LittleEndian.int32;
import static org.bamarrow.internal.base.LittleEndian.uint16;
import static org.bamarrow.internal.base.LittleEndian.uint8;

/**
 * Whether a structurally valid record also has plausible values. Valid records may have implausible
 * values, so this only decides between candidates. {@code bin} is ignored: many valid files store 0
 * or other values in it.
 */
final class RecordPlausibility {
  // Bit i: operation i consumes the query (M I S = X).
  private static final int ON_QUERY = 0b1_1001_0011;

  private final SequenceDictionary references;

  RecordPlausibility(BamHeader header) {
    references = header.references();
  }

  /**
   * @param start offset of a whole, structurally valid record
   */
  boolean test(byte[] data, int start) {
    return nameIsUsual(data, start)
        && positionIsInside(data, start + RecordLayout.REF_ID, start + RecordLayout.POS)
        && positionIsInside(data, start + RecordLayout.NEXT_REF_ID, start + RecordLayout.NEXT_POS)
        && basesFitCigar(data, start);
  }

  /** [!-?A-~] (SAM specification 1.4), and spaces, which some tools write in names. */
  private static boolean nameIsUsual(byte[] data, int start) {
    int from = start + RecordLayout.READ_NAME;
    int to = from + uint8(data, start + RecordLayout.L_READ_NAME) - 1;
    for (int i = from; i < to; i++) {
      if (data[i] < ' ' || data[i] > '~' || data[i] == '@') {
        return false;
      }
    }
    return to > from;
  }

  private boolean positionIsInside(byte[] data, int refId, int pos) {
    int reference = int32(data, refId);
    return reference < 0
        || int32(data, pos) >= -1 && int32(data, pos) <= references.length(reference);
  }

  /** SEQ {@code *} or CIGAR {@code *} always fits. */
  private static boolean basesFitCigar(byte[] data, int start) {
    int bases = int32(data, start + RecordLayout.L_SEQ);
    int operations = uint16(data, start + RecordLayout.N_CIGAR_OP);
    if (bases == 0 || operations == 0) {
      return true;
    }
    long queryLength = 0;
    int from = RecordLayout.cigar(data, start);
    for (int i = from; i < from + 4 * operations; i += 4) {
      int operation = int32(data, i);
      queryLength += (operation >>> 4) & -(ON_QUERY >>> (operation & 15) & 1);
    }
    return queryLength == bases;
  }
}
