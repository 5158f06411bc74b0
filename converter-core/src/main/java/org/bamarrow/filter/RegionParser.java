package org.bamarrow.filter;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.bamarrow.Nearest;
import org.bamarrow.bam.BamHeader.Reference;

/** Region strings by the rules of htslib's hts_parse_region, numbers with suffixes aside. */
final class RegionParser {
  private static final Pattern RANGE = Pattern.compile("(\\d[\\d,]*)?(?:-(\\d[\\d,]*)?)?");
  private static final int MOST_DIGITS = 18;

  private final Set<String> names;

  RegionParser(List<Reference> references) {
    names = references.stream().map(Reference::name).collect(Collectors.toSet());
  }

  Regions parse(String region) {
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
            + (names.isEmpty() ? "" : "; did you mean '" + Nearest.of(name, names) + "'?"));
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
