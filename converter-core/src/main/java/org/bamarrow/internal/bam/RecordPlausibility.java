package org.bamarrow.internal.bam;

import static org.bamarrow.internal.base.LittleEndian.int32;
import static org.bamarrow.internal.base.LittleEndian.uint16;
import static org.bamarrow.internal.base.LittleEndian.uint8;

/**
 * Whether a record that is structurally sound also looks like one. Valid records exist that do not,
 * so this breaks ties and refuses nothing. {@code bin} has no say: many valid files store 0 or
 * anything else in it.
 */
final class RecordPlausibility {
  // Bit i: operation i takes bases of the read (M I S = X).
  private static final int ON_READ = 0b1_1001_0011;

  private final SequenceDictionary references;

  RecordPlausibility(BamHeader header) {
    references = header.references();
  }

  /**
   * @param start of a record that is whole and structurally sound
   */
  boolean test(byte[] data, int start) {
    return nameIsUsual(data, start)
        && placeIsInside(data, start + RecordLayout.REF_ID, start + RecordLayout.POS)
        && placeIsInside(data, start + RecordLayout.NEXT_REF_ID, start + RecordLayout.NEXT_POS)
        && basesFitCigar(data, start);
  }

  /** [!-?A-~] (SAM specification 1.4), and the space that some tools leave in names. */
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

  private boolean placeIsInside(byte[] data, int refId, int pos) {
    int reference = int32(data, refId);
    return reference < 0
        || int32(data, pos) >= -1 && int32(data, pos) <= references.length(reference);
  }

  /** SEQ {@code *} or CIGAR {@code *} fits everything. */
  private static boolean basesFitCigar(byte[] data, int start) {
    int bases = int32(data, start + RecordLayout.L_SEQ);
    int operations = uint16(data, start + RecordLayout.N_CIGAR_OP);
    if (bases == 0 || operations == 0) {
      return true;
    }
    long onRead = 0;
    int from = RecordLayout.cigar(data, start);
    for (int i = from; i < from + 4 * operations; i += 4) {
      int operation = int32(data, i);
      onRead += (operation >>> 4) & -(ON_READ >>> (operation & 15) & 1);
    }
    return onRead == bases;
  }
}
