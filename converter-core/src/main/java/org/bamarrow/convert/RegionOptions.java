package org.bamarrow.convert;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which regions the records must overlap. If both region strings and a BED file are given, a record
 * must overlap both.
 *
 * @param regions region strings in the syntax of {@code samtools view}, of which a record must
 *     overlap one: {@code chr1}, {@code chr1:1000-2000} (1-based inclusive), {@code *} for records
 *     without a reference; empty: no restriction. They are parsed when the header has been read
 * @param intervals the intervals of a BED file; null: no restriction
 * @param index which index is used; it does not change the rows
 */
public record RegionOptions(List<String> regions, Regions intervals, IndexChoice index)
    implements Serializable {
  private static final RegionOptions DEFAULTS =
      new RegionOptions(List.of(), null, IndexChoice.AUTO);

  /**
   * Copies the list.
   *
   * @param regions region strings in the syntax of {@code samtools view}
   * @param intervals the intervals of a BED file
   * @param index which index is used; it does not change the rows
   */
  public RegionOptions {
    regions = List.copyOf(regions);
    Objects.requireNonNull(index, "index");
  }

  /** {@return no restriction} */
  public static RegionOptions defaults() {
    return DEFAULTS;
  }

  /**
   * {@return a copy with other regions}
   *
   * @param value in the syntax of {@code samtools view}; empty: no restriction
   */
  public RegionOptions withRegions(List<String> value) {
    return new RegionOptions(value, intervals, index);
  }

  /**
   * {@return the same as {@link #withRegions(List)}}
   *
   * @param value region strings in the syntax of {@code samtools view}, of which a record must
   *     overlap one: {@code chr1}, {@code chr1:1000-2000} (1-based inclusive), {@code *} for
   *     records without a reference; empty: no restriction. They are parsed when the header has
   *     been read
   */
  public RegionOptions withRegions(String... value) {
    return withRegions(List.of(value));
  }

  /**
   * {@return a copy with other intervals, such as those of {@link
   * Regions#readBed(java.nio.file.Path)}}
   *
   * @param value null: no restriction
   */
  public RegionOptions withIntervals(Regions value) {
    return new RegionOptions(regions, value, index);
  }

  /**
   * {@return a copy with another choice of the index}
   *
   * @param value which index is used; it does not change the rows
   */
  public RegionOptions withIndex(IndexChoice value) {
    return new RegionOptions(regions, intervals, value);
  }

  /** {@return whether there is any restriction} */
  public boolean filters() {
    return !regions.isEmpty() || intervals != null;
  }

  /**
   * {@return regions as {@code name:first-last} (1-based inclusive), {@code *} for unplaced
   * records}
   *
   * @param regions regions to format
   */
  public static Set<String> texts(Regions regions) {
    Set<String> texts = new TreeSet<>();
    for (String name : regions.references()) {
      Intervals intervals = regions.on(name);
      for (int i = 0; i < intervals.size(); i++) {
        texts.add(name + ":" + intervals.first(i) + "-" + intervals.last(i));
      }
    }
    if (regions.unplaced()) {
      texts.add("*");
    }
    return texts;
  }
}
