package org.bamarrow.synth;

import java.util.Arrays;

/** Phred qualities similar to those of instruments, in integer arithmetic only. */
final class Qualities {
  private static final byte[] NOISE = bell(18, 10);
  private static final byte[] WIDE = bell(70, 10);
  private static final byte[] SMALL = bell(6, 10);
  private static final byte[] BINS = new byte[64];

  static {
    for (int q = 0; q < BINS.length; q++) {
      BINS[q] = (byte) (q < 8 ? 2 : q < 16 ? 12 : q < 25 ? 23 : 37);
    }
  }

  private Qualities() {}

  /** Full-range qualities, 2 to 41, decreasing with the cycle; one in ten reads ends in Q2. */
  static void illumina(Segment read, Rng rng) {
    boolean reverse = (read.flag & 16) != 0;
    int length = read.length;
    int start = 40 - rng.below(4) - (rng.chance(800) ? rng.below(12) : 0);
    int fall = 8 + rng.below(6);
    int tail = rng.chance(1000) ? length - rng.below(length / 2) : length;
    byte[] quals = read.quals;
    long noise = 0;
    for (int i = 0; i < length; i++, noise >>>= 8) {
      if ((i & 7) == 0) {
        noise = rng.next();
      }
      int q = start - fall * i * i / (length * length) + NOISE[(int) noise & 255];
      q = i >= tail ? 2 : Math.max(3, Math.min(41, q));
      quals[reverse ? length - 1 - i : i] = (byte) q;
    }
  }

  /** Qualities as they may have been before recalibration, as SAM text. */
  static void original(Segment read, Bytes out, Rng rng) {
    out.reserve(read.length);
    long noise = 0;
    for (int i = 0; i < read.length; i++, noise >>>= 8) {
      if ((i & 7) == 0) {
        noise = rng.next();
      }
      int q = read.quals[i];
      int usual =
          q < 30 ? q : 39; // instruments give good bases the same quality, recalibration does not
      int original = q == 2 ? 2 : Math.max(3, Math.min(41, usual + SMALL[(int) noise & 255]));
      out.array[out.length++] = (byte) (33 + original);
    }
  }

  /** The four levels of modern short-read instruments, with dips at random. */
  static void bin(Segment read, Rng rng) {
    for (int i = 0; i < read.length; i++) {
      read.quals[i] = BINS[read.quals[i]];
    }
    for (int at = rng.below(40); at < read.length; at += 1 + rng.below(40)) {
      read.quals[at] = BINS[rng.below(25)];
    }
  }

  /** Consensus reads: mostly 93, with dips. */
  static void hifi(Segment read, Rng rng) {
    Arrays.fill(read.quals, 0, read.length, (byte) 93);
    for (int at = rng.below(12); at < read.length; at += 1 + rng.below(12)) {
      read.quals[at] = (byte) rng.between(8, 92);
    }
  }

  /** Raw single-molecule reads: wide noise about 20. */
  static void nanopore(Segment read, Rng rng) {
    long noise = 0;
    for (int i = 0; i < read.length; i++, noise >>>= 8) {
      if ((i & 7) == 0) {
        noise = rng.next();
      }
      read.quals[i] = (byte) Math.max(1, 22 + WIDE[(int) noise & 255]);
    }
  }

  /** 256 equally likely values, bell-shaped about 0: sums of four draws, scaled. */
  private static byte[] bell(int width, int denominator) {
    Rng rng = new Rng(256);
    byte[] values = new byte[256];
    for (int i = 0; i < values.length; i++) {
      int sum = -18;
      for (int k = 0; k < 4; k++) {
        sum += rng.below(10);
      }
      values[i] = (byte) (sum * width / (denominator * 4));
    }
    return values;
  }
}
