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
 * Places of records, by the references' names; immutable. A record takes up the bases from {@code
 * pos} to {@code end} (1-based inclusive, as the columns of that name; an unmapped read with a
 * position takes up one) and lies in the regions where one of its bases does.
 *
 * <p><b>Place 0.</b> A record with a reference whose POS is negative in the file (-1: none) lies at
 * 0 of that reference, besides on the bases that its CIGAR may cover. Where an index keeps those is
 * left to whoever wrote it: htslib puts mapped ones into the first bin and unmapped ones into bin
 * 4680, htsjdk leaves them out. In a file sorted by coordinate they stand in front of the
 * reference's other records. Whoever reads regions that contain 0 through an index has to read from
 * the end of the reference before.
 *
 * <p>Records without a reference (refID -1) are {@link #unplaced}; they are at a sorted file's end.
 */
public final class Regions implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Every place of every reference, known or not, and the unplaced records. */
  public static final Regions ALL = new Regions(true, Map.of(), true);

  /** No place, and not the unplaced records. */
  public static final Regions NONE = new Regions(false, Map.of(), false);

  /** The records without a reference: {@code *} to samtools. */
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
   * {@return the places of each reference by name, and the unplaced records or not}
   *
   * @param intervals places (1-based bases) by name of the reference
   * @param unplaced whether records without a reference belong to the regions
   */
  public static Regions of(Map<String, Intervals> intervals, boolean unplaced) {
    return new Regions(false, intervals, unplaced);
  }

  /**
   * {@return the places that are in one of them}
   *
   * @param several regions to unite; of none: {@link #NONE}
   */
  public static Regions union(List<Regions> several) {
    Map<String, Intervals.Builder> builders = new HashMap<>();
    boolean unplaced = false;
    for (Regions regions : several) {
      if (regions.all) {
        return ALL;
      }
      unplaced |= regions.unplaced;
      regions.intervals.forEach(
          (name, places) ->
              builders.computeIfAbsent(name, any -> new Intervals.Builder()).add(places));
    }
    return built(builders, unplaced);
  }

  static Regions built(Map<String, Intervals.Builder> places, boolean unplaced) {
    Map<String, Intervals> intervals = new HashMap<>();
    places.forEach((name, builder) -> intervals.put(name, builder.build()));
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
   * {@return the union of a BED file's lines, read as {@code samtools view -L} does: name, 0-based
   * start and end (exclusive) between white space, further columns ignored; a line of name and one
   * number is a 1-based position; {@code #}, {@code track} and {@code browser} lines and empty ones
   * are skipped}. The text is UTF-8, also as gzip, bgzip or zstd ({@link TextList}). Names that no
   * file has match nothing. Unlike in samtools an empty interval (start = end) has no bases, so no
   * record lies in it, and a number with anything but digits is an error. Memory: 16 bytes an
   * interval, and the names.
   *
   * @param in is closed here
   * @param file the text's name, for errors
   * @throws org.bamarrow.io.BamFormatException if a line is neither, or its name is not UTF-8
   * @throws IOException if it is not text, or damaged
   */
  public static Regions readBed(InputStream in, String file) throws IOException {
    try (in;
        InputStream text = TextList.of(in, file)) {
      return BedParser.read(text, file);
    }
  }

  /** {@return whether every record lies in the regions, whatever its file's references} */
  public boolean isAll() {
    return all;
  }

  /** {@return whether no record does} */
  public boolean isNone() {
    return intervals.isEmpty() && !unplaced && !all;
  }

  /** {@return whether records without a reference belong to the regions} */
  public boolean unplaced() {
    return unplaced;
  }

  /**
   * {@return the places on a reference, empty where it has none}
   *
   * @param reference name of a reference
   */
  public Intervals on(String reference) {
    return all ? Intervals.ALL : intervals.getOrDefault(reference, Intervals.EMPTY);
  }

  /** {@return the names of the references with places, sorted; of {@link #isAll} none are known} */
  public Set<String> references() {
    return Collections.unmodifiableSet(intervals.keySet());
  }

  /**
   * {@return the places that are in one of the two: whatever lies in one, lies in the union}
   *
   * @param other regions of the same references
   */
  public Regions union(Regions other) {
    return union(List.of(this, other));
  }

  /**
   * {@return the places that are in both}. A record that lies in both regions need not lie in their
   * intersection: it may cover a place of each. So where two conditions must hold, intersect the
   * conditions, not their regions.
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
