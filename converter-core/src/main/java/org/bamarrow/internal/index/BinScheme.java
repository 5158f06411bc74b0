package org.bamarrow.internal.index;

/**
 * The tree of bins (SAM specification 5.3, CSIv1): level 0 is one bin over everything, each level
 * below has 8 bins for one above.
 *
 * @param minShift a bin of the lowest level spans 2^minShift bases; 14 in a BAI
 * @param depth number of the lowest level; 5 in a BAI
 */
record BinScheme(int minShift, int depth) {
  static final BinScheme BAI = new BinScheme(14, 5);

  /** Deeper trees have bin numbers past 2^31. */
  static final int MOST_DEPTH = 9;

  /** First bin of a level; of level depth + 1: the number of all bins. */
  static long first(int level) {
    return ((1L << 3 * level) - 1) / 7;
  }

  /** Number of the bin that holds counts instead of chunks. */
  long pseudoBin() {
    return first(depth + 1) + 1;
  }

  /**
   * Where htslib before 1.10 puts records with a reference but no position: what its arithmetic
   * gives for -1, the last bin of the last level but one.
   */
  long withoutPosition() {
    return first(depth) - 1;
  }

  /** Positions from here on (0-based) have no bin. */
  long span() {
    return 1L << shift(0);
  }

  /** A bin of this level spans 2^shift bases. */
  int shift(int level) {
    return minShift + 3 * (depth - level);
  }

  int level(long bin) {
    int level = 0;
    while (bin >= first(level + 1)) {
      level++;
    }
    return level;
  }

  /** First position of a bin, 0-based. */
  long from(long bin) {
    int level = level(bin);
    return bin - first(level) << shift(level);
  }

  /** Position behind a bin, 0-based. */
  long to(long bin) {
    return from(bin) + (1L << shift(level(bin)));
  }
}
