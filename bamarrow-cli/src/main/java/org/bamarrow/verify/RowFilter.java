package org.bamarrow.verify;

import htsjdk.samtools.SAMRecord;
import java.util.List;
import java.util.Set;
import org.bamarrow.convert.RowOptions;

/**
 * The filters of {@code samtools view} (1.23), implemented a second time on the records of htsjdk,
 * as a check of those of the converter.
 */
final class RowFilter {
  private static final int RG = AuxFields.key("RG");

  private final RowOptions rows;
  private final List<RegionMatcher> places;
  private final int tag;
  private final int seed;
  private final List<HtsExpression> expressions;

  /**
   * @param places regions as {@code name:first-last}, {@code *} for unplaced; a row lies in each
   *     set
   */
  RowFilter(RowOptions rows, List<Set<String>> places) {
    this.rows = rows;
    this.places = places.stream().map(RegionMatcher::new).toList();
    this.tag = rows.tag() == null ? -1 : AuxFields.key(rows.tag());
    this.expressions = rows.expressions().stream().map(HtsExpression::new).toList();
    this.seed = rows.seed() == 0 ? 0 : firstOfGlibcRand(rows.seed());
  }

  boolean accepts(HtsRecord hts) {
    SAMRecord record = hts.record;
    int flags = record.getFlags();
    String name = record.getReadName();
    return (flags & rows.requireFlags()) == rows.requireFlags()
        && (flags & rows.excludeFlags()) == 0
        && (rows.excludeAllFlags() == 0
            || (flags & rows.excludeAllFlags()) != rows.excludeAllFlags())
        && record.getMappingQuality() >= rows.minMapq()
        && (rows.fraction() >= 1 || share(name) < rows.fraction())
        && (rows.names() == null || rows.names().contains(utf8(name)) != rows.excludeNames())
        && readGroupHolds(hts.aux)
        && tagHolds(hts.aux)
        && places.stream().allMatch(each -> each.holds(hts))
        && expressions.stream().allMatch(each -> each.accepts(hts));
  }

  /** As in samtools, records without RG pass. */
  private boolean readGroupHolds(AuxFields aux) {
    int rg = rows.readGroups() == null ? -1 : aux.first(RG);
    return rg < 0 || isAmong(rows.readGroups(), aux, rg, "ZH") != rows.excludeReadGroups();
  }

  private boolean tagHolds(AuxFields aux) {
    if (tag < 0) {
      return true;
    }
    int field = aux.first(tag);
    return field >= 0
        && (rows.tagValues() == null || isAmong(rows.tagValues(), aux, field, "AiZH"));
  }

  private static boolean isAmong(Set<String> wanted, AuxFields aux, int field, String types) {
    return types.indexOf(aux.types[field]) >= 0
        && wanted.contains(utf8(aux.values[field].toString()));
  }

  /** The options' strings are UTF-8 text, htsjdk's characters are single bytes. */
  private static String utf8(String fileBytes) {
    for (int i = 0; i < fileBytes.length(); i++) {
      if (fileBytes.charAt(i) >= 0x80) {
        return new String(
            fileBytes.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
            java.nio.charset.StandardCharsets.UTF_8);
      }
    }
    return fileBytes;
  }

  /** The hash of the name, in [0, 1): khash's string hash and Thomas Wang's integer hash. */
  private double share(String name) {
    int hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = hash * 31 + (byte) name.charAt(i);
    }
    int key = hash ^ seed;
    key += ~(key << 15);
    key ^= key >>> 10;
    key += key << 3;
    key ^= key >>> 6;
    key += ~(key << 11);
    key ^= key >>> 16;
    return (double) (key & 0xffffff) / 0x1000000;
  }

  /** For a seed other than 0 samtools uses srand(seed), rand() of the C library. */
  static int firstOfGlibcRand(int seed) {
    int[] state = new int[345];
    state[0] = seed;
    for (int i = 1; i < 31; i++) {
      state[i] = (int) Math.floorMod(16807L * state[i - 1], 2147483647L);
    }
    for (int i = 31; i < 34; i++) {
      state[i] = state[i - 31];
    }
    for (int i = 34; i < state.length; i++) {
      state[i] = state[i - 31] + state[i - 3];
    }
    return state[344] >>> 1;
  }
}
