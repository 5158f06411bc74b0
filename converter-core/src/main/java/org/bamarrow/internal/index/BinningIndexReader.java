package org.bamarrow.internal.index;

import java.io.IOException;
import java.util.Arrays;

/** Parses BAI (SAM specification 5.2) and CSI (CSIv1): the same binning index in two encodings. */
final class BinningIndexReader {
  /**
   * The chunks of the pseudo-bin: start and end offset, then counts of mapped and unmapped records.
   */
  private static final int SUMMARY_CHUNKS = 2;

  private static final int CHUNK_BYTES = 16;

  private final IndexBytes bytes;
  private final BinScheme scheme;
  private final boolean csi;

  /** Number of references in the BAM's header. */
  private final int expectedReferences;

  private BinningIndexReader(
      IndexBytes bytes, BinScheme scheme, boolean csi, int expectedReferences) {
    this.expectedReferences = expectedReferences;
    this.bytes = bytes;
    this.scheme = scheme;
    this.csi = csi;
  }

  static BinningIndex bai(IndexBytes bytes, int references) throws IOException {
    return new BinningIndexReader(bytes, BinScheme.BAI, false, references).read();
  }

  static BinningIndex csi(IndexBytes bytes, int references) throws IOException {
    int minShift = bytes.int32("min_shift");
    int depth = bytes.int32("depth");
    if (minShift < 0 || depth < 0 || depth > BinScheme.MAX_DEPTH || minShift + 3 * depth > 62) {
      throw bytes.unusable(
          "min_shift %d with depth %d is not supported".formatted(minShift, depth));
    }
    bytes.skip(bytes.count("l_aux", 1), "aux");
    return new BinningIndexReader(bytes, new BinScheme(minShift, depth), true, references).read();
  }

  private BinningIndex read() throws IOException {
    int count = bytes.int32("n_ref");
    if (count != expectedReferences) {
      throw bytes.unusable(
          "it has %d references, the header of the file has %d"
              .formatted(count, expectedReferences));
    }
    ReferenceBins[] references = new ReferenceBins[count];
    for (int i = 0; i < references.length; i++) {
      references[i] = reference();
    }
    long unplaced = BinningIndex.UNKNOWN;
    if (bytes.more()) {
      unplaced = bytes.int64("n_no_coor");
    }
    bytes.requireEnd();
    return new BinningIndex(bytes.name, scheme, csi, references, unplaced);
  }

  private ReferenceBins reference() throws IOException {
    int count = bytes.count("n_bin", csi ? 16 : 8);
    long[] order = new long[count]; // bin and index in the file, to sort by bin
    long[][] chunksOf = new long[count][];
    long[] minOffsetOf = new long[count];
    long[] summary = null;
    int found = 0;
    int chunks = 0;
    for (int i = 0; i < count; i++) {
      long bin = bytes.int32("the bin number") & 0xffffffffL;
      minOffsetOf[found] = csi ? bytes.int64("loffset") : 0;
      long[] ends = chunks(bin);
      if (bin == scheme.pseudoBin()) {
        summary = summary(ends);
      } else if (bin >= BinScheme.first(scheme.depth() + 1)) {
        throw bytes.unusable("it is damaged: invalid bin number " + bin);
      } else {
        order[found] = bin << 32 | found;
        chunksOf[found++] = ends;
        chunks += ends.length;
      }
    }
    Arrays.sort(order, 0, found);
    int[] bins = new int[found];
    int[] firstChunk = new int[found + 1];
    long[] all = new long[chunks];
    long[] minOffsets = csi ? new long[found] : null;
    for (int i = 0; i < found; i++) {
      int entry = (int) order[i];
      bins[i] = (int) (order[i] >>> 32);
      if (i > 0 && bins[i] == bins[i - 1]) {
        throw bytes.unusable("it is damaged: duplicate bin " + bins[i] + " of one reference");
      }
      long[] ends = chunksOf[entry];
      System.arraycopy(ends, 0, all, 2 * firstChunk[i], ends.length);
      firstChunk[i + 1] = firstChunk[i] + ends.length / 2;
      if (csi) {
        minOffsets[i] = minOffsetOf[entry];
      }
    }
    long[] bounds = csi ? minOffsets : windows();
    return found + bounds.length == 0 && summary == null
        ? ReferenceBins.EMPTY
        : new ReferenceBins(bins, firstChunk, all, bounds, summary);
  }

  private long[] chunks(long bin) throws IOException {
    long[] ends = new long[2 * bytes.count("n_chunk", CHUNK_BYTES)];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = bytes.int64("a chunk");
    }
    for (int i = 0; bin != scheme.pseudoBin() && i < ends.length; i += 2) {
      if (ends[i] < 0 || ends[i] > ends[i + 1]) {
        throw bytes.unusable(
            "it is damaged: bin " + bin + " has a chunk that ends before it starts");
      }
    }
    return ends;
  }

  private long[] summary(long[] values) throws IOException {
    if (values.length != 2 * SUMMARY_CHUNKS || Arrays.stream(values).anyMatch(v -> v < 0)) {
      throw bytes.unusable("it is damaged: invalid counts (bin " + scheme.pseudoBin() + ")");
    }
    return values;
  }

  private long[] windows() throws IOException {
    long[] windows = new long[bytes.count("n_intv", 8)];
    for (int i = 0; i < windows.length; i++) {
      windows[i] = bytes.int64("ioffset");
      if (windows[i] < 0) {
        throw bytes.unusable("it is damaged: invalid ioffset " + windows[i]);
      }
      if (windows[i] == 0 && i > 0) {
        windows[i] =
            windows[i - 1]; // no record overlaps it: records at later positions have larger offsets
      }
    }
    return windows;
  }
}
