package org.bamarrow.internal.index;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.LongStream.Builder;
import org.bamarrow.convert.Intervals;
import org.bamarrow.io.VirtualOffset;

/** A BAI or CSI: where the records lie that overlap a part of a reference. Immutable. */
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
   * The first contradiction between what the index tells of one reference, or of one and the next:
   * null where there is none.
   */
  String contradiction() {
    long before = -1;
    for (int id = 0; id < references.length; id++) {
      ReferenceBins reference = references[id];
      String found = SelfCheck.contradiction(reference, scheme, !csi);
      if (found == null && reference.begin() >= 0 && reference.begin() < before) {
        found =
            "it begins at virtual offset %d, before its forerunner ends"
                .formatted(reference.begin());
      }
      if (found != null) {
        return "it contradicts itself about reference " + id + ": " + found;
      }
      before = Math.max(before, reference.end());
    }
    return null;
  }

  @Override
  public String name() {
    return name;
  }

  /** Number of references that the index knows. */
  public int references() {
    return references.length;
  }

  /** Positions from here on (0-based) cannot be in the index: 2^29 for a BAI. */
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

  /** As the pseudo-bins of all references and n_no_coor count them. */
  @Override
  public long records() {
    long records = unplaced;
    for (int id = 0; id < references.length; id++) {
      boolean counted = references[id].summary() != null;
      if (records < 0 || !counted && references[id].begin() >= 0) {
        return UNKNOWN;
      }
      // Of a reference without records indexers write no bins, not even the one with its counts.
      records += counted ? mappedCount(id) + unmappedCount(id) : 0;
    }
    return Math.max(UNKNOWN, records);
  }

  /** Records without a reference, or {@link #UNKNOWN}. */
  public long unplacedCount() {
    return unplaced;
  }

  /** Where records without a reference begin: behind all others; 0 where there are no others. */
  public long unplacedStart() {
    long start = 0;
    for (ReferenceBins reference : references) {
      start = Math.max(start, reference.end());
    }
    return start;
  }

  /**
   * All records of a reference, which lie together in a sorted file.
   *
   * @return null where the index has none
   */
  public IndexChunk wholeReference(int referenceId) {
    ReferenceBins reference = references[referenceId];
    long begin = reference.begin();
    return begin < 0 ? null : IndexChunk.on(referenceId, begin, reference.end());
  }

  /** Where the records lie that take up some bases of a reference, and others between them. */
  RegionChunks chunks(int referenceId, Intervals places) {
    return new RegionChunks(referenceId, references[referenceId], scheme, csi).add(places);
  }

  /**
   * Chunks in file order; those that overlap or lie less than {@code gap} compressed bytes apart
   * are one.
   */
  static List<IndexChunk> merged(List<IndexChunk> chunks, long gap) {
    List<IndexChunk> sorted = new ArrayList<>(chunks);
    sorted.sort(
        Comparator.comparingLong(IndexChunk::start)
            .thenComparing(Comparator.comparingLong(IndexChunk::to)));
    List<IndexChunk> merged = new ArrayList<>();
    for (IndexChunk chunk : sorted) {
      IndexChunk last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
      if (last == null || chunk.start() > last.end() && apart(last, chunk) >= gap) {
        merged.add(chunk);
      } else if (chunk.end() > last.end()) {
        merged.set(
            merged.size() - 1,
            new IndexChunk(last.start(), chunk.end(), last.referenceId(), last.from(), last.to()));
      }
    }
    return merged;
  }

  private static long apart(IndexChunk a, IndexChunk b) {
    return VirtualOffset.block(b.start()) - VirtualOffset.block(a.end());
  }

  @Override
  public long[] offsets() {
    Builder starts = LongStream.builder();
    for (ReferenceBins reference : references) {
      for (int i = 0; i < reference.chunks().length; i += 2) {
        starts.add(reference.chunks()[i]);
      }
      LongStream.of(reference.floors()).filter(offset -> offset != 0).forEach(starts);
    }
    if (unplaced > 0 && unplacedStart() > 0) {
      starts.add(unplacedStart());
    }
    return starts.build().sorted().distinct().toArray();
  }
}
