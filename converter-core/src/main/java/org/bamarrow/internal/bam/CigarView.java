package org.bamarrow.internal.bam;

import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.io.BamFormatException;

/**
 * Where a record's real CIGAR operations lie: in the record, or in its CG tag where the record has
 * only the placeholder kSmN (SAM specification 4.2.2), by the same rule as htslib's.
 */
public final class CigarView {
  /** CIGAR operations by code, 0 to 8. */
  public static final String OPS = "MIDNSHP=X";

  private static final int SOFT_CLIP = 4;
  private static final int UNMAPPED = 4;
  private static final int CG = AuxCursor.key("CG");
  // Bit i: operation i takes bases of the reference (M D N = X).
  private static final int ON_REFERENCE = 0b1_1000_1101;
  // Bit i: operation i takes bases of the read (M I S = X).
  private static final int ON_QUERY = 0b1_1001_0011;

  private final AuxCursor aux = new AuxCursor();

  private int offset;
  private int count;
  private boolean fromTag;

  /** Offset of the first operation in the slice's data; each has 4 bytes: length << 4 | code. */
  public int offset() {
    return offset;
  }

  /** Number of operations. */
  public int count() {
    return count;
  }

  /** Whether the operations lie in the CG tag, which is then no tag of the record's. */
  public boolean fromTag() {
    return fromTag;
  }

  /** Whether the operations are the value of the cursor's field, a CG tag of the same record. */
  public boolean isIn(AuxCursor field) {
    return fromTag && offset == field.value();
  }

  /** Looks up where the operations of record {@code row} (0-based) lie. */
  public void reset(RecordSlice slice, int row) throws BamFormatException {
    byte[] data = slice.data();
    int start = slice.start(row);
    offset = RecordLayout.cigar(data, start);
    count = LittleEndian.uint16(data, start + RecordLayout.N_CIGAR_OP);
    fromTag = false;
    if (count > 0) {
      long placeholder =
          (long) LittleEndian.int32(data, start + RecordLayout.L_SEQ) << 4 | SOFT_CLIP;
      if (LittleEndian.int32(data, offset) == (int) placeholder) {
        lookForTag(slice, row, data, start);
      }
    }
  }

  private void lookForTag(RecordSlice slice, int row, byte[] data, int start)
      throws BamFormatException {
    if (LittleEndian.int32(data, start + RecordLayout.REF_ID) < 0
        || LittleEndian.int32(data, start + RecordLayout.POS) < 0) {
      return;
    }
    aux.reset(data, RecordLayout.aux(data, start), RecordLayout.end(data, start));
    boolean found = aux.find(CG);
    if (aux.broken()) {
      throw slice.unsound(row, aux.problem(), DamagedRecordRemedies.CIGAR);
    }
    if (found
        && aux.type() == 'B'
        && (aux.subtype() == 'I' || aux.subtype() == 'i')
        && aux.count() >= count) {
      offset = aux.value();
      count = aux.count();
      fromTag = true;
    }
  }

  /**
   * The last base that record {@code row} covers, as htslib computes it: POS plus the CIGAR's
   * length on the reference, at least 1, and 1 for an unmapped read. 1-based inclusive and 0-based
   * exclusive are the same number. For records whose POS is -1 there is no such base.
   */
  public long end(RecordSlice slice, int row) throws BamFormatException {
    byte[] data = slice.data();
    int start = slice.start(row);
    long length = 0;
    if ((LittleEndian.uint16(data, start + RecordLayout.FLAG) & UNMAPPED) == 0) {
      reset(slice, row);
      length = referenceLength(slice, row);
    }
    return LittleEndian.int32(data, start + RecordLayout.POS) + Math.max(1, length);
  }

  /**
   * Bases of the reference that the operations of a mapped read cover. Refuses a CIGAR that does
   * not cover the read's bases exactly (SAM specification 1.4.6), as htslib does: nearly always
   * that is a damaged length, and the fields behind it would be read from the wrong place.
   */
  private long referenceLength(RecordSlice slice, int row) throws BamFormatException {
    byte[] data = slice.data();
    long length = 0;
    long query = 0;
    for (int at = offset, end = offset + 4 * count; at < end; at += 4) {
      int op = LittleEndian.int32(data, at);
      int code = op & 0xf;
      if (code >= OPS.length()) {
        throw badOp(slice, row, code);
      }
      length += (op >>> 4) & -(ON_REFERENCE >>> code & 1);
      query += (op >>> 4) & -(ON_QUERY >>> code & 1);
    }
    int bases = LittleEndian.int32(data, slice.start(row) + RecordLayout.L_SEQ);
    if (query != bases && count > 0 && bases > 0) {
      throw slice.unsound(
          row,
          "mapped record whose CIGAR covers " + query + " bases while SEQ has " + bases,
          DamagedRecordRemedies.END);
    }
    return length;
  }

  /** The error of an operation code over 8. */
  public static BamFormatException badOp(RecordSlice slice, int row, int code) {
    return slice.unsound(
        row, "CIGAR operation code " + code + " (0 to 8 exist)", DamagedRecordRemedies.CIGAR);
  }
}
