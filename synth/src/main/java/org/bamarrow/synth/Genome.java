package org.bamarrow.synth;

import java.util.Arrays;

/**
 * A synthetic genome: contig names and lengths of a human assembly, bases computed from a hash of
 * the coordinate, so that overlapping reads agree and no sequence is stored.
 */
final class Genome {
  /** Names and lengths in the order of the dictionary. */
  private static final String[] CONTIGS =
      """
      chr1 248956422, chr2 242193529, chr3 198295559,
      chr4 190214555, chr5 181538259, chr6 170805979,
      chr7 159345973, chr8 145138636, chr9 138394717,
      chr10 133797422, chr11 135086622, chr12 133275309,
      chr13 114364328, chr14 107043718, chr15 101991189,
      chr16 90338345, chr17 83257441, chr18 80373285,
      chr19 58617616, chr20 64444167, chr21 46709983,
      chr22 50818468, chrX 156040895, chrY 57227415,
      chrM 16569, chrUn_KI270302v1 2274, HLA-A*01:01:01:01 3503
      """
          .strip()
          .split(",\\s+");

  private static final String[] NAMES =
      Arrays.stream(CONTIGS).map(contig -> contig.split(" ")[0]).toArray(String[]::new);
  private static final int[] LENGTHS =
      Arrays.stream(CONTIGS).mapToInt(contig -> Integer.parseInt(contig.split(" ")[1])).toArray();

  /** Reads are placed on the first contigs only, which are longer than any read. */
  private static final int PLACEABLE = 24;

  private static final long[] STARTS = new long[PLACEABLE + 1];

  static {
    for (int i = 0; i < PLACEABLE; i++) {
      STARTS[i + 1] = STARTS[i] + LENGTHS[i];
    }
  }

  private final long seed;

  Genome(long seed) {
    this.seed = Rng.mix(seed ^ 0x6a09e667f3bcc908L);
  }

  static int contigs() {
    return NAMES.length;
  }

  static String name(int ref) {
    return NAMES[ref];
  }

  static int length(int ref) {
    return LENGTHS[ref];
  }

  /** Total length of the contigs with reads: the range of linear coordinates. */
  static long linearLength() {
    return STARTS[PLACEABLE];
  }

  static int refOf(long linear) {
    int ref = 0;
    while (linear >= STARTS[ref + 1]) {
      ref++;
    }
    return ref;
  }

  /** 0-based position on its contig, moved left if the bases would extend beyond its end. */
  static int posOf(long linear, int span) {
    int ref = refOf(linear);
    return (int) Math.min(linear - STARTS[ref], LENGTHS[ref] - span);
  }

  /** The 32 bases from pos, a multiple of 32, two bits each, lowest first. */
  long word(int ref, int pos) {
    return Rng.mix(seed + ((long) ref << 32) + (pos >>> 5));
  }

  /** One base as SEQ's 4-bit code: 1, 2, 4 or 8. */
  int base(int ref, int pos) {
    return 1 << (word(ref, pos) >>> 2 * (pos & 31) & 3);
  }
}
