package org.bamarrow.convert;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which places of the references the rows lie in. What is given must hold, both where both are.
 *
 * @param regions the union of these, as {@code samtools view} writes regions; empty: everywhere
 * @param places of a BED file; null: everywhere
 * @param index {@link #AUTO}, {@link #OFF} or the name of an index; saves
 *     work and has no say in which rows come
 */
public record RegionOptions(List<String> regions, Regions places, String index)
    implements Serializable {
  /** The index beside each BAM, where there is one. */
  public static final String AUTO = "auto";

  /** No index: the whole file is read. */
  public static final String OFF = "off";

  public static final RegionOptions ALL = new RegionOptions(List.of(), null, AUTO);

  public RegionOptions {
    regions = List.copyOf(regions);
  }

  /** Whether any record can be refused. */
  public boolean filters() {
    return !regions.isEmpty() || places != null;
  }

  /** The same without an index. */
  public RegionOptions withoutIndex() {
    return new RegionOptions(regions, places, OFF);
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
