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

  /**
   * Copies the list.
   *
   * @param regions the union of these, as {@code samtools view} writes regions
   * @param places of a BED file
   * @param index saves work and does not change the rows
   */
  public RegionOptions {
    regions = List.copyOf(regions);
    Objects.requireNonNull(index, "index");
  }

  /** {@return everywhere} */
  public static RegionOptions defaults() {
    return DEFAULTS;
  }

  /**
   * {@return a copy with other regions}
   *
   * @param value as {@code samtools view} writes them; empty: everywhere
   */
  public RegionOptions withRegions(List<String> value) {
    return new RegionOptions(value, places, index);
  }

  /**
   * {@return the same as {@link #withRegions(List)}}
   *
   * @param value the union of these, as {@code samtools view} writes regions: {@code chr1}, {@code
   *     chr1:1000-2000} (1-based inclusive), {@code *} for records without a reference; empty:
   *     everywhere. They are parsed when the references are known
   */
  public RegionOptions withRegions(String... value) {
    return withRegions(List.of(value));
  }

  /**
   * {@return a copy with other places, such as those of {@link
   * Regions#readBed(java.nio.file.Path)}}
   *
   * @param value null: everywhere
   */
  public RegionOptions withPlaces(Regions value) {
    return new RegionOptions(regions, value, index);
  }

  /**
   * {@return a copy with another choice of the index}
   *
   * @param value saves work and does not change the rows
   */
  public RegionOptions withIndex(IndexChoice value) {
    return new RegionOptions(regions, places, value);
  }

  /** {@return whether any record can be refused} */
  public boolean filters() {
    return !regions.isEmpty() || places != null;
  }

  /**
   * {@return regions as {@code name:first-last} (1-based inclusive), {@code *} for unplaced
   * records}
   *
   * @param regions places by name
   */
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
