package org.bamarrow.synth;

/** One alignment under construction: position, CIGAR, bases, NM and MD. Reused. */
final class Segment {
  private static final String LETTERS = "ACGT";

  int flag;
  int ref = -1;
  int pos = -1;
  int mapq;
  final Cigar cigar = new Cigar();
  byte[] bases = new byte[256];
  byte[] quals = new byte[256];
  int length;
  int edits;
  final Bytes md = new Bytes(64);
  private int matches;

  /** 0-based, exclusive end on the reference; pos + 1 if no base is covered. */
  int end() {
    return pos + Math.max(1, (flag & 4) != 0 ? 0 : cigar.refLength());
  }

  /** Makes it unmapped: no coordinate, no CIGAR. Bases and qualities stay. */
  void unplace(int newFlag) {
    flag = newFlag;
    ref = -1;
    pos = -1;
    mapq = 0;
    cigar.clear();
  }

  /** Random bases, some of them N, for a read without a reference. */
  void randomBases(int count, Rng rng) {
    resize(count);
    for (int i = 0; i < count; i++) {
      bases[i] = (byte) (1 << rng.below(4));
    }
    if (rng.chance(200)) {
      bases[rng.below(count)] = 15;
    }
  }

  /**
   * Reads the bases along the CIGAR, with random ones for insertions and clips.
   *
   * @param mismatchGap mean number of bases in an M between two mismatches
   */
  void align(Genome genome, Rng rng, int mismatchGap) {
    resize(cigar.readLength());
    md.clear();
    edits = 0;
    matches = 0;
    int read = 0;
    int at = pos;
    for (int i = 0; i < cigar.count; i++) {
      int count = cigar.ops[i] >>> 4;
      switch (cigar.ops[i] & 15) {
        case Cigar.M -> read = copy(genome, rng, at, read, count, mismatchGap);
        case Cigar.EQ -> read = copy(genome, rng, at, read, count, Integer.MAX_VALUE / 2);
        case Cigar.X -> read = copy(genome, rng, at, read, count, 0);
        case Cigar.D -> deletion(genome, at, count);
        case Cigar.I -> {
          edits += count;
          read = random(rng, read, count);
        }
        case Cigar.S -> read = random(rng, read, count);
        default -> {
          // N, H and P have no bases and do not affect NM and MD
        }
      }
      if ((0b110001101 >> (cigar.ops[i] & 15) & 1) != 0) { // M, D, N, =, X
        at += count;
      }
    }
    md.digits(matches);
  }

  /** Copies reference bases with a mismatch now and then; gap 0: every base differs. */
  private int copy(Genome genome, Rng rng, int at, int read, int count, int gap) {
    int mismatch = gap == 0 ? 0 : rng.below(2 * gap);
    long word = genome.word(ref, at) >>> 2 * (at & 31);
    for (int i = 0; i < count; i++, word >>>= 2) {
      if ((at + i & 31) == 0) {
        word = genome.word(ref, at + i);
      }
      int base = (int) word & 3;
      if (i == mismatch) {
        md.digits(matches).u8(LETTERS.charAt(base));
        matches = 0;
        edits++;
        base = base + 1 + rng.below(3) & 3;
        mismatch += 1 + (gap == 0 ? 0 : rng.below(2 * gap));
      } else {
        matches++;
      }
      bases[read + i] = (byte) (1 << base);
    }
    return read + count;
  }

  private void deletion(Genome genome, int at, int count) {
    md.digits(matches).u8('^');
    matches = 0;
    edits += count;
    for (int i = 0; i < count; i++) {
      md.u8(LETTERS.charAt(Integer.numberOfTrailingZeros(genome.base(ref, at + i))));
    }
  }

  private int random(Rng rng, int read, int count) {
    for (int i = 0; i < count; i++) {
      bases[read + i] = (byte) (1 << rng.below(4));
    }
    return read + count;
  }

  private void resize(int count) {
    length = count;
    if (bases.length < count) {
      bases = new byte[count + count / 2];
      quals = new byte[count + count / 2];
    }
  }
}
