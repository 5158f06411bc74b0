package org.bamarrow.internal.column;

import static org.bamarrow.internal.base.LittleEndian.int64;

import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.io.BamFormatException;

/**
 * The fixed fields of a few dozen consecutive records (SAM specification 4.2) and the offsets of
 * their other fields, read once for all columns. Elements are indexed from 0 to {@link #count}.
 * Valid until {@link #read} is called again. Not thread-safe.
 */
final class RecordGroup {
  /** Maximum number of records. */
  static final int MAX = 64;

  RecordSlice slice;

  /** The bytes of the slice. */
  byte[] data;

  /** Number of records. */
  int count;

  /** Row in the batch of the first record. */
  int row;

  /** Index in the slice of the first record. */
  int record;

  final int[] start = new int[MAX];
  final int[] refId = new int[MAX];
  final int[] pos = new int[MAX];
  final int[] mapq = new int[MAX];
  final int[] flag = new int[MAX];
  final int[] nextRefId = new int[MAX];
  final int[] nextPos = new int[MAX];
  final int[] tlen = new int[MAX];

  /** Number of CIGAR operations in the CIGAR field. */
  final int[] ops = new int[MAX];

  /** l_seq, the number of bases and qualities. */
  final int[] bases = new int[MAX];

  /** Offsets in {@link #data} of the first byte of the fields. */
  final int[] cigar = new int[MAX];

  final int[] seq = new int[MAX];
  final int[] qual = new int[MAX];

  /** Reads the records {@code [from, from + number)} of a slice, which have been checked. */
  void read(RecordSlice records, int from, int number) {
    slice = records;
    data = records.data();
    record = from;
    count = number;
    byte[] bytes = data;
    for (int i = 0; i < number; i++) {
      int at = records.start(from + i);
      start[i] = at;
      long ids = int64(bytes, at + RecordLayout.REF_ID);
      refId[i] = (int) ids;
      pos[i] = (int) (ids >>> 32);
      long lengths = int64(bytes, at + RecordLayout.L_READ_NAME);
      mapq[i] = (int) lengths >>> 8 & 0xff;
      int operations = (int) (lengths >>> 32) & 0xffff;
      ops[i] = operations;
      flag[i] = (int) (lengths >>> 48);
      long seqAndNext = int64(bytes, at + RecordLayout.L_SEQ);
      int length = (int) seqAndNext;
      bases[i] = length;
      nextRefId[i] = (int) (seqAndNext >>> 32);
      long rest = int64(bytes, at + RecordLayout.NEXT_POS);
      nextPos[i] = (int) rest;
      tlen[i] = (int) (rest >>> 32);
      int cigarAt = at + RecordLayout.READ_NAME + ((int) lengths & 0xff);
      cigar[i] = cigarAt;
      int seqAt = cigarAt + 4 * operations;
      seq[i] = seqAt;
      qual[i] = seqAt + (length + 1 >>> 1);
    }
  }

  /** Finds the CIGAR operations of record {@code i}. */
  void resetCigar(CigarView view, int i) throws BamFormatException {
    view.reset(slice, record + i, data, cigar[i], ops[i], bases[i]);
  }

  /** Offset of the first auxiliary field of record {@code i}. */
  int aux(int i) {
    return qual[i] + bases[i];
  }

  /** Offset of the first byte after record {@code i}. */
  int end(int i) {
    return RecordLayout.end(data, start[i]);
  }
}
