package org.bamarrow.internal.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.LongStream.Builder;
import org.bamarrow.convert.Intervals;
import org.bamarrow.io.VirtualOffset;

/** A BAI or CSI: the file offsets of records by position on a reference. Immutable. */
public final class BinningIndex implements BamIndex {
  private final String name;
  private final BinScheme scheme;
  private final boolean csi;
  private final ReferenceBins[] references;
  private final long unplaced;

  BinningIndex(
      String name, BinScheme scheme, boolean csi, ReferenceBins[] references, long unplaced) {
    this.name = name;
    this.scheme = scheme;
    this.csi = csi;
    this.references = references;
    this.unplaced = unplaced;
  }

  /**
   * The first inconsistency within the entries of a reference, or between consecutive references;
   * null if there is none.
   */
  String inconsistency() {
    long before = -1;
    for (int id = 0; id < references.length; id++) {
      ReferenceBins reference = references[id];
      String found = SelfCheck.inconsistency(reference, scheme, !csi);
      if (found == null && reference.begin() >= 0 && reference.begin() < before) {
        found =
            "it starts at virtual offset %d, before the end of the previous reference"
                .formatted(reference.begin());
      }
      if (found != null) {
        return "it is inconsistent for reference " + id + ": " + found;
      }
      before = Math.max(before, reference.end());
    }
    return null;
  }

  @Override
  public String name() {
    return name;
  }

  /** Number of references in the index. */
  public int references() {
    return references.length;
  }

  /** 0-based end of the positions that the index can represent, exclusive: 2^29 for a BAI. */
  public long span() {
    return scheme.span();
  }

  /** Records of a reference without FLAG 0x4, or {@link #UNKNOWN}. */
  public long mappedCount(int referenceId) {
    return count(referenceId, 2);
  }

  /** Records of a reference with FLAG 0x4, or {@link #UNKNOWN}. */
  public long unmappedCount(int referenceId) {
    return count(referenceId, 3);
  }

  private long count(int referenceId, int field) {
    ReferenceBins reference = references[referenceId];
    if (reference.summary() != null) {
      return reference.summary()[field];
    }
    return UNKNOWN;
  }

  /** The sum of the counts in all pseudo-bins and n_no_coor. */
  @Override
  public long records() {
    long records = unplaced;
    for (int id = 0; id < references.length; id++) {
      boolean counted = references[id].summary() != null;
      if (records < 0 || !counted && references[id].begin() >= 0) {
        return UNKNOWN;
      }
      // For a reference without records indexers write no bins, not even the pseudo-bin.
      records += counted ? mappedCount(id) + unmappedCount(id) : 0;
    }
    return Math.max(UNKNOWN, records);
  }

  /** Records without a reference, or {@link #UNKNOWN}. */
  public long unplacedCount() {
    return unplaced;
  }

  /**
   * Virtual offset of the first record without a reference, after all others; 0 if there are no
   * others.
   */
  public long unplacedStart() {
    long start = 0;
    for (ReferenceBins reference : references) {
      start = Math.max(start, reference.end());
    }
    return start;
  }

  /**
   * All records of a reference, which are contiguous in a sorted file.
   *
   * @return null if the index has none
   */
  public IndexChunk wholeReference(int referenceId) {
    ReferenceBins reference = references[referenceId];
    long begin = reference.begin();
    return begin < 0 ? null : IndexChunk.on(referenceId, begin, reference.end());
  }

  /**
   * The chunks with the records that overlap intervals on a reference, and possibly other records.
   */
  RegionChunks chunks(int referenceId, Intervals intervals) {
    return new RegionChunks(referenceId, references[referenceId], scheme, csi).add(intervals);
  }

  /**
   * Chunks in file order; those that overlap or are less than {@code gap} compressed bytes apart
   * are merged.
   */
  static List<IndexChunk> merged(List<IndexChunk> chunks, long gap) {
    List<IndexChunk> sorted = new ArrayList<>(chunks);
    sorted.sort(
        Comparator.comparingLong(IndexChunk::start)
            .thenComparing(Comparator.comparingLong(IndexChunk::to)));
    List<IndexChunk> merged = new ArrayList<>();
    for (IndexChunk chunk : sorted) {
      IndexChunk last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last == null || chunk.start() > last.end() && distance(last, chunk) >= gap) {
        merged.add(chunk);
      } else if (chunk.end() > last.end()) {
        merged.set(
            merged.size() - 1,
            new IndexChunk(last.start(), chunk.end(), last.referenceId(), last.from(), last.to()));
      }
    }
    return merged;
  }

  private static long distance(IndexChunk a, IndexChunk b) {
    return VirtualOffset.block(b.start()) - VirtualOffset.block(a.end());
  }

  @Override
  public long[] offsets() {
    Builder starts = LongStream.builder();
    for (ReferenceBins reference : references) {
      for (int i = 0; i < reference.chunks().length; i += 2) {
        starts.add(reference.chunks()[i]);
      }
      LongStream.of(reference.minOffsets()).filter(offset -> offset != 0).forEach(starts);
    }
    if (unplaced > 0 && unplacedStart() > 0) {
      starts.add(unplacedStart());
    }
    return starts.build().sorted().distinct().toArray();
  }
}
