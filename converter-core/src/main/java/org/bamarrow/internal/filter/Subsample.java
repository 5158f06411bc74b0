package org.bamarrow.internal.filter;

/**
 * The seeded subsample of {@code samtools view -s}. It depends only on a template's name, so that
 * its records are kept together, and is the same as that of samtools 1.16 (on glibc). Immutable.
 */
final class Subsample {
  private final double fraction;
  private final int seed;

  /**
   * @param fraction fraction of templates to keep, 0 to 1
   */
  Subsample(double fraction, int seed) {
    this.fraction = fraction;
    this.seed = seed == 0 ? 0 : firstRandom(seed);
  }

  /** Whether the template whose name is {@code data[from, to)} (no NUL) is in the sample. */
  boolean keeps(byte[] data, int from, int to) {
    int hash = wang(x31(data, from, to) ^ seed);
    return (double) (hash & 0xffffff) / 0x1000000 < fraction;
  }

  /** klib's string hash; its chars are signed, as Java's bytes are. */
  private static int x31(byte[] data, int from, int to) {
    int hash = 0;
    for (int at = from; at < to; at++) {
      hash = hash * 31 + data[at];
    }
    return hash;
  }

  /** klib's integer hash (Thomas Wang's). */
  private static int wang(int value) {
    int key = value;
    key += ~(key << 15);
    key ^= key >>> 10;
    key += key << 3;
    key ^= key >>> 6;
    key += ~(key << 11);
    key ^= key >>> 16;
    return key;
  }

  /**
   * glibc's {@code srand(seed); rand()}, which samtools applies to every seed but 0: an additive
   * feedback generator over 31 words, whose first 310 values are discarded.
   */
  static int firstRandom(int seed) {
    int[] r = new int[34 + 310 + 1];
    r[0] = seed;
    for (int i = 1; i < 31; i++) {
      long word = 16807L * r[i - 1] % 2147483647; // keeps the sign, as glibc's division does
      r[i] = (int) (word < 0 ? word + 2147483647 : word);
    }
    for (int i = 31; i < 34; i++) {
      r[i] = r[i - 31];
    }
    for (int i = 34; i < r.length; i++) {
      r[i] = r[i - 31] + r[i - 3];
    }
    return r[r.length - 1] >>> 1;
  }
}
