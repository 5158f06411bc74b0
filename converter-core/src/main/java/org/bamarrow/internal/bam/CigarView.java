package org.bamarrow.internal.bam;

import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.io.BamFormatException;

/**
 * Finds a record's CIGAR operations: in the CIGAR field, or in the CG tag if the field has the
 * placeholder kSmN (SAM specification 4.2.2), by the same rule as htslib.
 */
public final class CigarView {
  /** CIGAR operations by code, 0 to 8. */
  public static final String OPS = "MIDNSHP=X";

  private static final int SOFT_CLIP = 4;

  /** The bit of FLAG of a read that is not mapped. */
  public static final int UNMAPPED = 4;

  private static final int CG = AuxCursor.key("CG");
  // Bit i: operation i consumes the reference (M D N = X).
  private static final int ON_REFERENCE = 0b1_1000_1101;
  // Bit i: operation i consumes the query (M I S = X).
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

  /** Whether the operations are in the CG tag, which is then not reported as a tag. */
  public boolean fromTag() {
    return fromTag;
  }

  /** Whether the operations are the value of the cursor's field, a CG tag of the same record. */
  public boolean isIn(AuxCursor field) {
    return fromTag && offset == field.value();
  }

  /** Finds the operations of record {@code row} (0-based). */
  public void reset(RecordSlice slice, int row) throws BamFormatException {
    byte[] data = slice.data();
    int start = slice.start(row);
    reset(
        slice,
        row,
        data,
        RecordLayout.cigar(data, start),
        LittleEndian.uint16(data, start + RecordLayout.N_CIGAR_OP),
        LittleEndian.int32(data, start + RecordLayout.L_SEQ));
  }

  /**
   * As {@link #reset(RecordSlice, int)}, with fields of the record that have been read already.
   *
   * @param data the bytes of the slice
   * @param cigar offset of the CIGAR field
   * @param ops n_cigar_op
   * @param bases l_seq
   */
  public void reset(RecordSlice slice, int row, byte[] data, int cigar, int ops, int bases)
      throws BamFormatException {
    offset = cigar;
    count = ops;
    fromTag = false;
    if (ops > 0 && LittleEndian.int32(data, cigar) == (bases << 4 | SOFT_CLIP)) {
      lookForTag(slice, row, data);
    }
  }

  /** No operations: the CIGAR of an unmapped read has no length on the reference. */
  public void resetUnmapped() {
    count = 0;
    fromTag = false;
  }

  private void lookForTag(RecordSlice slice, int row, byte[] data) throws BamFormatException {
    int start = slice.start(row);
    if (LittleEndian.int32(data, start + RecordLayout.REF_ID) < 0
        || LittleEndian.int32(data, start + RecordLayout.POS) < 0) {
      return;
    }
    aux.reset(data, RecordLayout.aux(data, start), RecordLayout.end(data, start));
    boolean found = aux.find(CG);
    if (aux.isInvalid()) {
      throw slice.invalidRecord(row, aux.problem(), DamagedRecordRemedies.CIGAR);
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
   * length on the reference, at least 1, and 1 for an unmapped read. 1-based inclusive, which is
   * the same number as 0-based exclusive. Not defined for records whose POS is -1.
   */
  public long end(RecordSlice slice, int row) throws BamFormatException {
    byte[] data = slice.data();
    int start = slice.start(row);
    if ((LittleEndian.uint16(data, start + RecordLayout.FLAG) & UNMAPPED) == 0) {
      reset(slice, row);
    } else {
      resetUnmapped();
    }
    int bases = LittleEndian.int32(data, start + RecordLayout.L_SEQ);
    return end(slice, row, data, LittleEndian.int32(data, start + RecordLayout.POS), bases);
  }

  /**
   * As {@link #end(RecordSlice, int)}, after {@link #reset} for a mapped read, or {@link
   * #resetUnmapped}.
   *
   * @param position POS
   */
  public long end(RecordSlice slice, int row, byte[] data, int position, int bases)
      throws BamFormatException {
    return position + (count == 0 ? 1 : Math.max(1, referenceLength(slice, row, data, bases)));
  }

  /**
   * Length of the alignment of a mapped read on the reference. Rejects a CIGAR whose query length
   * is not the length of SEQ (SAM specification 1.4.6), as htslib does: usually a length is
   * damaged, and the fields after it would be read from the wrong offsets.
   */
  private long referenceLength(RecordSlice slice, int row, byte[] data, int bases)
      throws BamFormatException {
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
    if (query != bases && bases > 0) {
      throw slice.invalidRecord(
          row,
          "mapped record with a CIGAR of query length " + query + " and a SEQ of length " + bases,
          DamagedRecordRemedies.END);
    }
    return length;
  }

  /** The error for an operation code above 8. */
  public static BamFormatException badOp(RecordSlice slice, int row, int code) {
    return slice.invalidRecord(
        row, "CIGAR operation code " + code + " (valid: 0 to 8)", DamagedRecordRemedies.CIGAR);
  }
}
