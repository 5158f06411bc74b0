package org.bamarrow;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bamarrow.bam.BamHeader.Reference;
import org.bamarrow.filter.Intervals;
import org.bamarrow.filter.Regions;
import org.bamarrow.index.RegionScope;

/**
 * Which places of the references the rows lie in. What is given must hold, both where both are.
 *
 * @param regions the union of these, as {@code samtools view} writes regions ({@link
 *     Regions#parse}); empty: everywhere
 * @param places of a BED file; null: everywhere
 * @param index {@link RegionScope#AUTO}, {@link RegionScope#OFF} or the name of an index; saves
 *     work and has no say in which rows come
 */
public record RegionOptions(List<String> regions, Regions places, String index)
    implements Serializable {
  public static final RegionOptions ALL = new RegionOptions(List.of(), null, RegionScope.AUTO);

  public RegionOptions {
    regions = List.copyOf(regions);
  }

  /** Whether any record can be refused. */
  public boolean filters() {
    return !regions.isEmpty() || places != null;
  }

  /** The same without an index. */
  public RegionOptions withoutIndex() {
    return new RegionOptions(regions, places, RegionScope.OFF);
  }

  /**
   * The regions in which a row has to lie, in all of them.
   *
   * @param references of all inputs
   * @throws IllegalArgumentException if a region has no meaning or an unknown reference
   */
  public List<Regions> resolve(List<Reference> references) {
    List<Regions> all = new ArrayList<>();
    if (!regions.isEmpty()) {
      all.add(Regions.parse(regions, references));
    }
    if (places != null) {
      all.add(places);
    }
    return all;
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
