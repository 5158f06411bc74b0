package org.bamarrow.synth;

/**
 * A made-up genome: contig names and lengths as of a human assembly, bases from a hash of the
 * coordinate, so that overlapping reads agree and nothing is stored.
 */
final class Genome {
  private static final String[] NAMES = {
    "chr1", "chr2", "chr3", "chr4", "chr5", "chr6", "chr7", "chr8", "chr9", "chr10", "chr11",
    "chr12", "chr13", "chr14", "chr15", "chr16", "chr17", "chr18", "chr19", "chr20", "chr21",
    "chr22", "chrX", "chrY", "chrM", "chrUn_KI270302v1", "HLA-A*01:01:01:01"
  };
  private static final int[] LENGTHS = {
    248956422, 242193529, 198295559, 190214555, 181538259, 170805979, 159345973, 145138636,
    138394717, 133797422, 135086622, 133275309, 114364328, 107043718, 101991189, 90338345,
    83257441, 80373285, 58617616, 64444167, 46709983, 50818468, 156040895, 57227415, 16569, 2274,
    3503
  };

  /** Reads are put on the first contigs only: all longer than any read. */
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

  /** Length of all contigs that take reads, end to end: the scale of linear coordinates. */
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

  /** 0-based position on its contig, moved left where so many bases would pass its end. */
  static int posOf(long linear, int span) {
    int ref = refOf(linear);
    return (int) Math.min(linear - STARTS[ref], LENGTHS[ref] - span);
  }

  /** The 32 bases at pos and after with pos a multiple of 32, two bits each, lowest first. */
  long word(int ref, int pos) {
    return Rng.mix(seed + ((long) ref << 32) + (pos >>> 5));
  }

  /** One base as SEQ's 4-bit code: 1, 2, 4 or 8. */
  int base(int ref, int pos) {
    return 1 << (word(ref, pos) >>> 2 * (pos & 31) & 3);
  }
}
