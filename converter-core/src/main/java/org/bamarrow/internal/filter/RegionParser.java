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

/**
 * Parses region strings by the rules of htslib's {@code hts_parse_region}, except numbers with
 * suffixes.
 */
public final class RegionParser {
  private static final Pattern RANGE = Pattern.compile("(\\d[\\d,]*)?(?:-(\\d[\\d,]*)?)?");
  private static final int MAX_DIGITS = 18;

  private final Set<String> names;

  private RegionParser(List<Reference> references) {
    names = references.stream().map(Reference::name).collect(Collectors.toSet());
  }

  /**
   * The union of regions in the syntax of {@code samtools view}: {@code chr1}, {@code chr1:100}
   * (from that position to the end), {@code chr1:100-200}, {@code chr1:-200}, {@code chr1:100-},
   * {@code {name:1}:5-9}, {@code *} for unplaced records and {@code .} for all. Numbers are 1-based
   * inclusive and may have thousands separators (commas). The name is the part before the last
   * colon, unless the whole string is the name of a reference.
   *
   * @throws IllegalArgumentException if a name is unknown, or a region is ambiguous or not a valid
   *     range
   */
  public static Regions parse(List<String> regions, List<Reference> references) {
    RegionParser parser = new RegionParser(references);
    return Regions.union(regions.stream().map(parser::parse).toList());
  }

  /**
   * The regions that a record must overlap, all of them.
   *
   * @param references references of all inputs
   * @throws IllegalArgumentException as {@link #parse}
   */
  public static List<Regions> resolve(RegionOptions options, List<Reference> references) {
    List<Regions> all = new ArrayList<>();
    if (!options.regions().isEmpty()) {
      all.add(parse(options.regions(), references));
    }
    if (options.intervals() != null) {
      all.add(options.intervals());
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
                "region '%s' is ambiguous: it is the name of a reference and a range on reference"
                    + " '%s'; use {%s} or {%s}%s",
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
        String.format("region '%s': reference '%s' is not in the header", region, name)
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
    if (end == 0) { // as in samtools, an end of 0 means no end
      end = Intervals.LAST;
    }
    if (start > end) {
      throw new IllegalArgumentException("region '" + region + "' ends before it starts");
    }
    // not from 0, since samtools view NAME excludes reads without a position
    return Regions.of(Map.of(name, Intervals.of(Math.max(1, start), end)), false);
  }

  private static long number(String region, String digits) {
    String plain = digits == null ? "0" : digits.replace(",", "");
    if (plain.length() > MAX_DIGITS) {
      throw new IllegalArgumentException("region '" + region + "': " + digits + " is too large");
    }
    return Long.parseLong(plain);
  }
}
