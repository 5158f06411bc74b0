package org.bamarrow.internal.filter;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.bamarrow.convert.Intervals;
import org.bamarrow.convert.Regions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.bam.BamHeader.Reference;

/** Random filters of samtools view and regions, whose lists are mostly of a file's own values. */
final class RandomFilters {
  private final Random random;
  private final DecodedBam bam;

  RandomFilters(DecodedBam bam, long seed) {
    this.bam = bam;
    random = new Random(seed);
  }

  /** One to three filters. */
  RowOptions rows() {
    RowOptions rows = RowOptions.defaults();
    for (int i = random.nextInt(3); i >= 0; i--) {
      rows =
          switch (random.nextInt(9)) {
            case 0 -> rows.withRequireFlags(flags());
            case 1 -> rows.withExcludeFlags(flags());
            case 2 -> rows.withExcludeAllFlags(flags() | flags());
            case 3 -> rows.withMinMapq(random.nextInt(256));
            case 4 -> rows.withFraction(0.5).withSeed(random.nextInt(3));
            case 5 -> rows.withNames(some("qname"));
            case 6 -> rows.withReadGroups(some("tags.RG"));
            case 7 -> rows.withTag(tag());
            default -> {
              String tag = tag();
              yield rows.withTag(tag).withTagValues(some("tags." + tag));
            }
          };
    }
    return rows;
  }

  private int flags() {
    return 1 << random.nextInt(12);
  }

  private String tag() {
    List<TagType> tags = bam.tags();
    return tags.isEmpty() || random.nextInt(9) == 0
        ? "XI"
        : tags.get(random.nextInt(tags.size())).tag();
  }

  private Set<String> some(String column) {
    Set<String> values = new HashSet<>(Set.of("*", "x"));
    for (int i = random.nextInt(100); i >= 0; i--) {
      values.add(String.valueOf(anyRow().get(column)));
    }
    return values;
  }

  private Map<String, Object> anyRow() {
    return bam.rows().get(random.nextInt(bam.rows().size()));
  }

  /** None, or regions of which a row must overlap all. */
  List<Regions> regions() {
    Supplier<Regions> some = this::someRegions;
    return switch (random.nextInt(4)) {
      case 0 -> List.of();
      case 1 -> List.of(some.get(), some.get());
      default -> List.of(some.get());
    };
  }

  private Regions someRegions() {
    List<Reference> references = bam.slice().header().references();
    Map<String, Intervals> intervals = new HashMap<>();
    for (int i = random.nextInt(3); i >= 0 && !references.isEmpty(); i--) {
      Intervals.Builder places = new Intervals.Builder();
      for (int j = random.nextInt(5); j >= 0; j--) {
        Integer pos = (Integer) anyRow().get("pos");
        long first = pos == null ? random.nextInt(3) : pos - 50 + random.nextInt(100);
        places.add(first, first + random.nextInt(100));
      }
      String name = (String) anyRow().get("rname");
      intervals.put(name == null ? references.get(0).name() : name, places.build());
    }
    return random.nextInt(9) == 0 ? Regions.ALL : Regions.of(intervals, random.nextBoolean());
  }
}
