package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bamarrow.convert.Intervals;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.internal.base.ClosestName;

/** Region strings by the rules of htslib's hts_parse_region, numbers with suffixes aside. */
public final class RegionParser {
  private static final Pattern RANGE = Pattern.compile("(\\d[\\d,]*)?(?:-(\\d[\\d,]*)?)?");
  private static final int MOST_DIGITS = 18;

  private final Set<String> names;

  private RegionParser(List<Reference> references) {
    names = references.stream().map(Reference::name).collect(Collectors.toSet());
  }

  /**
   * The union of regions as {@code samtools view} writes them: {@code chr1}, {@code chr1:100} (from
   * there on), {@code chr1:100-200}, {@code chr1:-200}, {@code chr1:100-}, {@code {name:1}:5-9},
   * {@code *} for unplaced records and {@code .} for all. Numbers are 1-based inclusive and may
   * have commas. What stands in front of the last colon is the name, unless all of it is one.
   *
   * @throws IllegalArgumentException if a name is unknown, a region could mean two, or the rest is
   *     no range
   */
  public static Regions parse(List<String> regions, List<Reference> references) {
    RegionParser parser = new RegionParser(references);
    return Regions.union(regions.stream().map(parser::parse).toList());
  }

  /**
   * The regions in which a row has to lie, in all of them.
   *
   * @param references of all inputs
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static List<Regions> resolve(RegionOptions options, List<Reference> references) {
    List<Regions> all = new ArrayList<>();
    if (!options.regions().isEmpty()) {
      all.add(parse(options.regions(), references));
    }
    if (options.places() != null) {
      all.add(options.places());
    }
    return all;
  }

  private Regions parse(String region) {
    if (region.equals(".")) {
      return Regions.ALL;
    }
    if (region.equals("*")) {
      return Regions.UNPLACED;
    }
    if (region.startsWith("{")) {
      return braced(region);
    }
    int colon = region.lastIndexOf(':');
    String front = colon < 0 ? region : region.substring(0, colon);
    if (names.contains(region)) {
      if (colon >= 0 && names.contains(front)) {
        throw new IllegalArgumentException(
            String.format(
                "region '%s' is a reference's name and a range on reference '%s'; write {%s} or"
                    + " {%s}%s",
                region, front, region, front, region.substring(colon)));
      }
      return range(region, region, "");
    }
    return range(region, known(region, front), colon < 0 ? "" : region.substring(colon + 1));
  }

  private Regions braced(String region) {
    int close = region.indexOf('}');
    if (close < 0 || close + 1 < region.length() && region.charAt(close + 1) != ':') {
      throw new IllegalArgumentException(
          "region '" + region + "' is not {NAME} or {NAME}:START-END");
    }
    String name = known(region, region.substring(1, close));
    return range(region, name, region.substring(Math.min(region.length(), close + 2)));
  }

  private String known(String region, String name) {
    if (names.contains(name)) {
      return name;
    }
    throw new IllegalArgumentException(
        String.format("region '%s': the header has no reference '%s'", region, name)
            + (names.isEmpty() ? "" : "; did you mean '" + ClosestName.of(name, names) + "'?"));
  }

  private static Regions range(String region, String name, String text) {
    Matcher matcher = RANGE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          String.format("region '%s': '%s' is not START, START-END or -END", region, text));
    }
    long start = number(region, matcher.group(1));
    long end = number(region, matcher.group(2));
    if (end == 0) { // as samtools: an end of 0 is no end
      end = Intervals.LAST;
    }
    if (start > end) {
      throw new IllegalArgumentException("region '" + region + "' ends before it starts");
    }
    // not from 0: samtools view NAME leaves reads without a position out
    return Regions.of(Map.of(name, Intervals.of(Math.max(1, start), end)), false);
  }

  private static long number(String region, String digits) {
    String plain = digits == null ? "0" : digits.replace(",", "");
    if (plain.length() > MOST_DIGITS) {
      throw new IllegalArgumentException("region '" + region + "': " + digits + " is too large");
    }
    return Long.parseLong(plain);
  }
}
