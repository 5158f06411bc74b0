package org.bamarrow.synth;

/**
 * Start positions of templates as linear coordinates. Sorted: never decreasing, in islands of deep
 * coverage distributed evenly over the genome, like captured exons. Unsorted: anywhere.
 */
final class Placement {
  private static final long ISLAND_BASES = 1500;

  private final Rng rng;
  private final boolean sorted;
  private final int perIsland;
  private final long islands;
  private final long spacing;
  private long made;

  /** For about this many templates, with the given number per island. */
  Placement(Rng rng, boolean sorted, long templates, int perIsland) {
    this.rng = rng;
    this.sorted = sorted;
    this.perIsland = perIsland;
    islands = templates / perIsland + 1;
    spacing = Genome.linearLength() / islands;
  }

  /** Leftmost coordinate of the next template. */
  long next() {
    if (!sorted) {
      return rng.below(Genome.linearLength());
    }
    long island = Math.min(islands - 1, made / perIsland);
    long inside = made++ - island * perIsland;
    long step = Math.max(1, Math.min(ISLAND_BASES, spacing) / perIsland);
    long start = island * spacing + inside * step + rng.below(step);
    return Math.min(Genome.linearLength() - 1, start);
  }
}
