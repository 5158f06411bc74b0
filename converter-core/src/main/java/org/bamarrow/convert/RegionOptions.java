package org.bamarrow.convert;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which places of the references the rows lie in. What is given must hold, both where both are.
 *
 * @param regions the union of these, as {@code samtools view} writes regions: {@code chr1}, {@code
 *     chr1:1000-2000} (1-based inclusive), {@code *} for records without a reference; empty:
 *     everywhere. They are parsed when the references are known
 * @param places of a BED file; null: everywhere
 * @param index saves work and does not change the rows
 */
public record RegionOptions(List<String> regions, Regions places, IndexChoice index)
    implements Serializable {
  private static final RegionOptions DEFAULTS =
      new RegionOptions(List.of(), null, IndexChoice.AUTO);

  /** Copies the list. */
  public RegionOptions {
    regions = List.copyOf(regions);
    Objects.requireNonNull(index, "index");
  }

  /** Everywhere. */
  public static RegionOptions defaults() {
    return DEFAULTS;
  }

  /**
   * A copy with other regions.
   *
   * @param value as {@code samtools view} writes them; empty: everywhere
   */
  public RegionOptions withRegions(List<String> value) {
    return new RegionOptions(value, places, index);
  }

  /** As {@link #withRegions(List)}. */
  public RegionOptions withRegions(String... value) {
    return withRegions(List.of(value));
  }

  /**
   * A copy with other places, such as those of {@link Regions#readBed(java.nio.file.Path)}.
   *
   * @param value null: everywhere
   */
  public RegionOptions withPlaces(Regions value) {
    return new RegionOptions(regions, value, index);
  }

  /** A copy with another choice of the index. */
  public RegionOptions withIndex(IndexChoice value) {
    return new RegionOptions(regions, places, value);
  }

  /** Whether any record can be refused. */
  public boolean filters() {
    return !regions.isEmpty() || places != null;
  }

  /** Regions as {@code name:first-last} (1-based inclusive), {@code *} for unplaced records. */
  public static Set<String> texts(Regions regions) {
    Set<String> texts = new TreeSet<>();
    for (String name : regions.references()) {
      Intervals places = regions.on(name);
      for (int i = 0; i < places.size(); i++) {
        texts.add(name + ":" + places.first(i) + "-" + places.last(i));
      }
    }
    if (regions.unplaced()) {
      texts.add("*");
    }
    return texts;
  }
}
