package org.bamarrow.verify;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bamarrow.convert.Intervals;
import org.bamarrow.convert.Regions;

/**
 * Region strings as {@code samtools view} takes them, a second implementation, as a check of the
 * converter's.
 */
final class RegionStrings {
  private static final Pattern BRACED = Pattern.compile("\\{(.*?)}(?::(.*))?");

  private static final Pattern RANGE = Pattern.compile("([\\d,]*)(-?)([\\d,]*)");

  private RegionStrings() {}

  /**
   * The union of {@code regions}.
   *
   * @param references the names of all references of all inputs
   * @throws IllegalArgumentException if a string is no region of them
   */
  static Regions parse(List<String> regions, Set<String> references) {
    return Regions.union(regions.stream().map(each -> parse(each, references)).toList());
  }

  private static Regions parse(String region, Set<String> references) {
    if (region.equals(".")) {
      return Regions.ALL;
    }
    if (region.equals("*")) {
      return Regions.UNPLACED;
    }
    Matcher braced = BRACED.matcher(region);
    int colon = region.lastIndexOf(':');
    String name;
    String range;
    if (braced.matches()) {
      name = braced.group(1);
      range = braced.group(2);
    } else if (colon < 0 || references.contains(region)) {
      name = region;
      range = null;
    } else {
      name = region.substring(0, colon);
      range = region.substring(colon + 1);
    }
    if (!references.contains(name)) {
      throw invalid(region, "no reference '" + name + "' in the headers");
    }
    if (colon >= 0 && name.equals(region) && references.contains(region.substring(0, colon))) {
      throw invalid(region, "ambiguous, use {NAME} or {NAME}:START-END");
    }
    return Regions.of(Map.of(name, interval(region, range == null ? "" : range)), false);
  }

  /** 1-based inclusive; without an end, or with an end of 0, to the end of the reference. */
  private static Intervals interval(String region, String range) {
    Matcher matcher = RANGE.matcher(range);
    if (!matcher.matches()) {
      throw invalid(region, "'" + range + "' is not START, START-END or -END");
    }
    long first = Math.max(1, number(region, matcher.group(1)));
    long end = number(region, matcher.group(3));
    long last = end == 0 ? Intervals.LAST : end;
    if (first > last) {
      throw invalid(region, "it ends before it starts");
    }
    return Intervals.of(first, last);
  }

  /** Digits with or without commas; 0 for none. */
  private static long number(String region, String digits) {
    String plain = digits.replace(",", "");
    try {
      return plain.isEmpty() ? 0 : Long.parseLong(plain);
    } catch (NumberFormatException e) {
      throw invalid(region, digits + " is too large");
    }
  }

  private static IllegalArgumentException invalid(String region, String problem) {
    return new IllegalArgumentException("region '" + region + "': " + problem);
  }
}
