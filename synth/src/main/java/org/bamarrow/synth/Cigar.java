package org.bamarrow.synth;

import java.util.Arrays;

/** CIGAR operations in BAM's form, length << 4 | op (SAMv1 4.2). For one thread, reused. */
final class Cigar {
  static final int M = 0;
  static final int I = 1;
  static final int D = 2;
  static final int N = 3;
  static final int S = 4;
  static final int H = 5;
  static final int P = 6;
  static final int EQ = 7;
  static final int X = 8;
  private static final String LETTERS = "MIDNSHP=X";
  private static final int USES_READ = 1 << M | 1 << I | 1 << S | 1 << EQ | 1 << X;
  private static final int USES_REF = 1 << M | 1 << D | 1 << N | 1 << EQ | 1 << X;

  int[] ops = new int[16];
  int count;

  Cigar clear() {
    count = 0;
    return this;
  }

  /** Appends an operation, even one of length 0. */
  Cigar add(int length, int op) {
    if (count == ops.length) {
      ops = Arrays.copyOf(ops, 2 * count);
    }
    ops[count++] = length << 4 | op;
    return this;
  }

  /** Read bases it describes, without hard-clipped ones. */
  int readLength() {
    return sum(USES_READ);
  }

  int refLength() {
    return sum(USES_REF);
  }

  private int sum(int kinds) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (kinds >> (ops[i] & 15) & 1) * (ops[i] >>> 4);
    }
    return sum;
  }

  void text(Bytes out) {
    for (int i = 0; i < count; i++) {
      out.digits(ops[i] >>> 4).u8(LETTERS.charAt(ops[i] & 15));
    }
    if (count == 0) {
      out.u8('*');
    }
  }
}
