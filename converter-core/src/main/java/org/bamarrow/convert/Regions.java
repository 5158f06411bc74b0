package org.bamarrow.convert;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bamarrow.io.TextList;

/**
 * Intervals on references, by reference name; immutable. A record covers the bases from {@code pos}
 * to {@code end} (1-based inclusive, as the columns of that name; an unmapped read with a position
 * covers one) and overlaps the regions if they contain one of its bases.
 *
 * <p><b>Position 0.</b> A record with a reference whose POS is negative in the file (-1: none) is
 * at position 0 of that reference, in addition to the bases that its CIGAR may cover. Indexers
 * treat these records differently: htslib puts mapped ones into the first bin and unmapped ones
 * into bin 4680, htsjdk does not index them. In a coordinate-sorted file they precede the
 * reference's other records. To read regions that contain 0 through an index, start at the end of
 * the preceding reference.
 *
 * <p>Records without a reference (refID -1) are {@link #unplaced}; they are at the end of a
 * coordinate-sorted file.
 */
public final class Regions implements Serializable {
  private static final long serialVersionUID = 1L;

  /** All positions of all references, and the unplaced records. */
  public static final Regions ALL = new Regions(true, Map.of(), true);

  /** No positions, and no unplaced records. */
  public static final Regions NONE = new Regions(false, Map.of(), false);

  /** The records without a reference: {@code *} in samtools. */
  public static final Regions UNPLACED = new Regions(false, Map.of(), true);

  private final boolean all;
  private final TreeMap<String, Intervals> intervals;
  private final boolean unplaced;

  private Regions(boolean all, Map<String, Intervals> intervals, boolean unplaced) {
    this.all = all;
    this.intervals = new TreeMap<>(intervals);
    this.intervals.values().removeIf(Intervals::isEmpty);
    this.unplaced = unplaced;
  }

  /**
   * {@return the regions of these intervals, with or without the unplaced records}
   *
   * @param intervals 1-based positions by reference name
   * @param unplaced whether the regions contain the records without a reference
   */
  public static Regions of(Map<String, Intervals> intervals, boolean unplaced) {
    return new Regions(false, intervals, unplaced);
  }

  /**
   * {@return the union of regions}
   *
   * @param all regions to unite; {@link #NONE} if empty
   */
  public static Regions union(List<Regions> all) {
    Map<String, Intervals.Builder> builders = new HashMap<>();
    boolean unplaced = false;
    for (Regions regions : all) {
      if (regions.all) {
        return ALL;
      }
      unplaced |= regions.unplaced;
      regions.intervals.forEach(
          (name, positions) ->
              builders.computeIfAbsent(name, any -> new Intervals.Builder()).add(positions));
    }
    return built(builders, unplaced);
  }

  static Regions built(Map<String, Intervals.Builder> builders, boolean unplaced) {
    Map<String, Intervals> intervals = new HashMap<>();
    builders.forEach((name, builder) -> intervals.put(name, builder.build()));
    return new Regions(false, intervals, unplaced);
  }

  /**
   * {@return the same as {@link #readBed(InputStream, String)}, from a file}
   *
   * @param file a BED file, plain or compressed
   * @throws java.io.IOException if the input cannot be read
   */
  public static Regions readBed(Path file) throws IOException {
    return readBed(Files.newInputStream(file), file.toString());
  }

  /**
   * {@return the union of the intervals of a BED file, read as {@code samtools view -L} does: name,
   * 0-based start and end (exclusive) separated by white space, further columns are ignored; a line
   * of a name and one number is a 1-based position; lines that are blank or start with {@code #},
   * {@code track} or {@code browser} are skipped}. The text is UTF-8, optionally compressed by
   * gzip, bgzip or zstd ({@link TextList}). Names that no header has match nothing. Unlike in
   * samtools, an empty interval (start = end) contains no bases, so no record overlaps it, and a
   * number with a character other than a digit is an error. Memory: 16 bytes per interval, and the
   * names.
   *
   * @param in the text, which is closed here
   * @param file the text's name, for errors
   * @throws org.bamarrow.io.BamFormatException if a line is invalid, or its name is not UTF-8
   * @throws IOException if it is not text, or is damaged
   */
  public static Regions readBed(InputStream in, String file) throws IOException {
    try (in;
        InputStream text = TextList.of(in, file)) {
      return BedParser.read(text, file);
    }
  }

  /** {@return whether the regions contain every record of every file} */
  public boolean isAll() {
    return all;
  }

  /** {@return whether the regions contain no record} */
  public boolean isNone() {
    return intervals.isEmpty() && !unplaced && !all;
  }

  /** {@return whether the regions contain the records without a reference} */
  public boolean unplaced() {
    return unplaced;
  }

  /**
   * {@return the intervals on a reference; empty if there are none}
   *
   * @param reference name of a reference
   */
  public Intervals on(String reference) {
    return all ? Intervals.ALL : intervals.getOrDefault(reference, Intervals.EMPTY);
  }

  /** {@return the names of the references with intervals, sorted; empty for {@link #isAll}} */
  public Set<String> references() {
    return Collections.unmodifiableSet(intervals.keySet());
  }

  /**
   * {@return the union: a record that overlaps one of the two overlaps the union}
   *
   * @param other regions of the same references
   */
  public Regions union(Regions other) {
    return union(List.of(this, other));
  }

  /**
   * {@return the intersection}. A record that overlaps both regions need not overlap their
   * intersection, since it may overlap each at another position. So where two conditions must hold,
   * combine the conditions, not their regions.
   *
   * @param other regions of the same references
   */
  public Regions intersection(Regions other) {
    if (all || other.all) {
      return all ? other : this;
    }
    Set<String> names = new HashSet<>(intervals.keySet());
    names.retainAll(other.intervals.keySet());
    TreeMap<String, Intervals> both = new TreeMap<>();
    names.forEach(name -> both.put(name, on(name).intersection(other.on(name))));
    return new Regions(false, both, unplaced && other.unplaced);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Regions regions
        && all == regions.all
        && unplaced == regions.unplaced
        && intervals.equals(regions.intervals);
  }

  @Override
  public int hashCode() {
    return intervals.hashCode() * 4 + (all ? 2 : 0) + (unplaced ? 1 : 0);
  }

  @Override
  public String toString() {
    return all ? "all" : intervals + (unplaced ? " and unplaced" : "");
  }
}
