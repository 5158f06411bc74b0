package org.bamarrow.synth;

/**
 * SplitMix64 (Steele, Lea, Flood 2014) in integer arithmetic: independent of the JDK, and a few
 * operations per draw. For one thread.
 */
final class Rng {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  Rng(long seed) {
    state = mix(seed + GAMMA);
  }

  long next() {
    return mix(state += GAMMA);
  }

  /** 0 to bound-1. */
  int below(int bound) {
    return (int) ((next() >>> 32) * bound >>> 32);
  }

  /** 0 to bound-1, for bounds above 2^31. */
  long below(long bound) {
    return Math.floorMod(next() >>> 1, bound);
  }

  /** low to high, inclusive. */
  int between(int low, int high) {
    return low + below(high - low + 1);
  }

  /** True with this probability, in ten-thousandths. */
  boolean chance(int inTenThousand) {
    return below(10_000) < inTenThousand;
  }

  /** 0 (inclusive) to 1 (exclusive). */
  double unit() {
    return (next() >>> 11) * 0x1p-53;
  }

  static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
