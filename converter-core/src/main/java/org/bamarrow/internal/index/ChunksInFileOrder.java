package org.bamarrow.internal.index;

/**
 * The chunks of one reference in the order of the file. Chunks of bins of one level never overlap,
 * and lie in the order of their bins, since records are sorted by position; so merging the levels
 * sorts them in one pass, and finds out where an index says otherwise.
 */
final class ChunksInFileOrder {
  private final ReferenceBins reference;
  private final BinScheme scheme;

  /** For each chunk in file order its number and the number of its bin. */
  private final int[] chunks;

  private final int[] bins;

  /** Null where there is none. */
  private String contradiction;

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
      int least = -1;
      for (int level = 0; level < levels; level++) {
        int end = reference.firstOf(BinScheme.first(level + 1));
        while (bin[level] < end && chunk[level] == reference.firstChunk()[bin[level] + 1]) {
          bin[level]++;
        }
        if (bin[level] < end
            && (least < 0 || reference.start(chunk[level]) < reference.start(chunk[least]))) {
          least = level;
        }
      }
      chunks[i] = chunk[least]++;
      bins[i] = bin[least];
      if (reference.start(chunks[i]) < lastEnd[least] && !isWithoutPosition(i)) {
        contradiction =
            "bin %d has records at virtual offset %d, before those of a lower bin end"
                .formatted(bin(i), start(i));
      }
      lastEnd[least] = isWithoutPosition(i) ? lastEnd[least] : end(i);
    }
  }

  /** Whether chunk {@code i} is of the bin where old indexers put records without position. */
  boolean isWithoutPosition(int i) {
    return bin(i) == scheme.withoutPosition() && i == 0;
  }

  String contradiction() {
    return contradiction;
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

  /** Number of the bin of chunk {@code i} in the tree. */
  int bin(int i) {
    return reference.bins()[bins[i]];
  }

  /** First position of its bin, 0-based. */
  long from(int i) {
    return scheme.from(bin(i));
  }

  /** Position behind its bin, 0-based. */
  long to(int i) {
    return scheme.to(bin(i));
  }

  int level(int i) {
    return scheme.level(bin(i));
  }
}
