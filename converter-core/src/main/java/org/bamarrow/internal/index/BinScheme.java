package org.bamarrow.internal.index;

/**
 * The binning scheme (SAM specification 5.3, CSIv1): level 0 is one bin over all positions, and
 * each bin has 8 bins on the next level.
 *
 * @param minShift a bin of the deepest level spans 2^minShift bases; 14 in a BAI
 * @param depth number of the deepest level; 5 in a BAI
 */
record BinScheme(int minShift, int depth) {
  static final BinScheme BAI = new BinScheme(14, 5);

  /** With more levels bin numbers exceed 2^31. */
  static final int MAX_DEPTH = 9;

  /** First bin of a level; for level depth + 1 the total number of bins. */
  static long first(int level) {
    return ((1L << 3 * level) - 1) / 7;
  }

  /** Number of the pseudo-bin, which has counts instead of chunks. */
  long pseudoBin() {
    return first(depth + 1) + 1;
  }

  /**
   * The bin where htslib before 1.10 puts records with a reference but no position: the result of
   * its arithmetic for -1, the last bin of the second deepest level.
   */
  long withoutPosition() {
    return first(depth) - 1;
  }

  /** 0-based end of the indexed positions, exclusive. */
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

  /** End position of a bin, 0-based exclusive. */
  long to(long bin) {
    return from(bin) + (1L << shift(level(bin)));
  }
}
