package org.bamarrow.internal.index;

/**
 * The chunks of one reference in file order. Chunks of bins of one level do not overlap and have
 * the order of their bins, since records are sorted by position. So merging the levels sorts them
 * in one pass, and detects an index that violates this order.
 */
final class ChunksInFileOrder {
  private final ReferenceBins reference;
  private final BinScheme scheme;

  /** For each chunk in file order its index and the index of its bin. */
  private final int[] chunks;

  private final int[] bins;

  /** Null if there is none. */
  private String inconsistency;

  ChunksInFileOrder(ReferenceBins reference, BinScheme scheme) {
    this.reference = reference;
    this.scheme = scheme;
    this.chunks = new int[reference.chunks().length / 2];
    this.bins = new int[chunks.length];
    merge();
  }

  private void merge() {
    int levels = scheme.depth() + 1;
    int[] bin = new int[levels];
    int[] chunk = new int[levels];
    long[] lastEnd = new long[levels];
    for (int level = 0; level < levels; level++) {
      bin[level] = reference.firstOf(BinScheme.first(level));
      chunk[level] = reference.firstChunk()[bin[level]];
    }
    for (int i = 0; i < chunks.length; i++) {
      int first = -1;
      for (int level = 0; level < levels; level++) {
        int end = reference.firstOf(BinScheme.first(level + 1));
        while (bin[level] < end && chunk[level] == reference.firstChunk()[bin[level] + 1]) {
          bin[level]++;
        }
        if (bin[level] < end
            && (first < 0 || reference.start(chunk[level]) < reference.start(chunk[first]))) {
          first = level;
        }
      }
      chunks[i] = chunk[first]++;
      bins[i] = bin[first];
      if (reference.start(chunks[i]) < lastEnd[first] && !isWithoutPosition(i)) {
        inconsistency =
            "bin %d has records at virtual offset %d, before the end of those of a lower bin"
                .formatted(bin(i), start(i));
      }
      lastEnd[first] = isWithoutPosition(i) ? lastEnd[first] : end(i);
    }
  }

  /** Whether chunk {@code i} belongs to the bin where old indexers put records without position. */
  boolean isWithoutPosition(int i) {
    return bin(i) == scheme.withoutPosition() && i == 0;
  }

  String inconsistency() {
    return inconsistency;
  }

  int size() {
    return chunks.length;
  }

  long start(int i) {
    return reference.start(chunks[i]);
  }

  long end(int i) {
    return reference.end(chunks[i]);
  }

  /** Bin number of chunk {@code i}. */
  int bin(int i) {
    return reference.bins()[bins[i]];
  }

  /** First position of its bin, 0-based. */
  long from(int i) {
    return scheme.from(bin(i));
  }

  /** End position of its bin, 0-based exclusive. */
  long to(int i) {
    return scheme.to(bin(i));
  }

  int level(int i) {
    return scheme.level(bin(i));
  }
}
