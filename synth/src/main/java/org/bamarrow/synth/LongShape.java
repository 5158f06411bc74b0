package org.bamarrow.synth;

/**
 * Parameters of a long-read platform.
 *
 * @param shortest minimum number of bases
 * @param longest maximum number of bases
 * @param run mean number of bases between two CIGAR operations other than a match
 * @param match the operation of a match: M, or = with X for mismatches
 * @param modifications whether there are MM and ML tags
 */
record LongShape(int shortest, int longest, int run, int match, boolean modifications) {
  static final LongShape HIFI = new LongShape(5_000, 30_000, 80, Cigar.EQ, true);

  /** With a run of 12 the CIGARs of reads past 800 kbp have more than 65535 operations. */
  static final LongShape ULTRALONG = new LongShape(100_000, 4_000_000, 12, Cigar.M, false);

  private static final double GOLDEN = 0.6180339887498949;

  /**
   * Length of the i-th read. A low-discrepancy sequence, so that a pilot of few reads has the same
   * mean; cubed, so that long reads are rarer. The first is close to the longest.
   */
  int length(long i) {
    double u = (0.97 + i * GOLDEN) % 1;
    return shortest + (int) (u * u * u * (longest - shortest));
  }

  void cigar(Cigar cigar, int length, Rng rng) {
    cigar.clear();
    int clip = rng.chance(3000) ? rng.between(1, 300) : 0;
    if (clip > 0) {
      cigar.add(clip, Cigar.S);
    }
    int left = length - clip;
    while (left > 3 * run) {
      int matched = rng.between(1, 2 * run - 1);
      int size = rng.chance(8000) ? 1 : rng.between(2, 6);
      cigar.add(matched, match);
      left -= matched;
      int kind = rng.below(match == Cigar.EQ ? 3 : 2);
      if (kind == 0) {
        cigar.add(size, Cigar.D);
      } else {
        cigar.add(size, kind == 1 ? Cigar.I : Cigar.X);
        left -= size;
      }
    }
    cigar.add(left, match);
  }
}
