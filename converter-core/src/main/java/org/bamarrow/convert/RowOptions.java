package org.bamarrow.convert;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;

/**
 * Which records become rows: the filters of {@code samtools view}, with the semantics of samtools
 * 1.23. A record must pass all of them. Immutable: sets other than {@link NameSet} are copied.
 *
 * @param requireFlags {@code -f}: all of these FLAG bits must be set, 0 to 65535
 * @param excludeFlags {@code -F}: none of these FLAG bits may be set, 0 to 65535
 * @param excludeAllFlags {@code -G}: these FLAG bits must not all be set, 0 to 65535; 0 filters
 *     nothing
 * @param minMapq {@code -q}: minimum MAPQ, 0 to 255
 * @param readGroups {@code -r}/{@code -R}: the RG tag, if the record has one, must be one of these;
 *     null: any
 * @param excludeReadGroups {@code -R ^FILE}: it must be none of them
 * @param tag {@code -d}/{@code -D}: this tag must be present; null: any
 * @param tagValues the value of {@code tag} must be one of these; null: any value
 * @param names {@code -N}: QNAME must be one of these; null: any
 * @param excludeNames {@code -N ^FILE}: it must be none of them
 * @param expressions {@code -e}: filter expressions that must all be true; parsed before reading
 * @param fraction {@code -s}: fraction of templates to keep, above 0 and at most 1; 1 keeps all
 * @param seed seed of the subsampling
 * @param limit maximum number of rows across all files; -1: no limit
 */
public record RowOptions(
    int requireFlags,
    int excludeFlags,
    int excludeAllFlags,
    int minMapq,
    Set<String> readGroups,
    boolean excludeReadGroups,
    String tag,
    Set<String> tagValues,
    Set<String> names,
    boolean excludeNames,
    List<String> expressions,
    double fraction,
    int seed,
    long limit)
    implements Serializable {
  private static final RowOptions DEFAULTS =
      new RowOptions(0, 0, 0, 0, null, false, null, null, null, false, List.of(), 1, 0, -1);

  /**
   * Copies the sets and checks the values.
   *
   * @param requireFlags {@code -f}
   * @param excludeFlags {@code -F}
   * @param excludeAllFlags {@code -G}
   * @param minMapq {@code -q}
   * @param readGroups {@code -r}/{@code -R}
   * @param excludeReadGroups {@code -R ^FILE}
   * @param tag {@code -d}/{@code -D}
   * @param tagValues with {@code tag}
   * @param names {@code -N}
   * @param excludeNames {@code -N ^FILE}
   * @param expressions {@code -e}; null: none
   * @param fraction {@code -s}
   * @param seed seed of the subsampling
   * @param limit maximum number of rows across all files
   * @throws OptionException if one is out of its range
   */
  public RowOptions {
    requireFlags(OptionKey.REQUIRE_FLAGS, requireFlags);
    requireFlags(OptionKey.EXCLUDE_FLAGS, excludeFlags);
    requireFlags(OptionKey.EXCLUDE_ALL_FLAGS, excludeAllFlags);
    Checks.require(minMapq >= 0 && minMapq <= 255, OptionKey.MIN_MQ, minMapq, "0 to 255");
    Checks.require( // samtools keeps every record for 0, which is hardly intended
        fraction > 0 && fraction <= 1, OptionKey.SUBSAMPLE, fraction, "above 0 and at most 1");
    Checks.require(limit >= -1, OptionKey.LIMIT, limit, "0 or more rows");
    Checks.require(
        tag == null || tag.length() == 2 && tag.chars().allMatch(letter -> letter < 128),
        OptionKey.TAG,
        tag,
        "two ASCII characters");
    readGroups = copy(readGroups);
    tagValues = copy(tagValues);
    names = copy(names);
    expressions = expressions == null ? List.of() : List.copyOf(expressions);
  }

  private static void requireFlags(OptionKey option, int flags) {
    Checks.require(flags >= 0 && flags <= 0xffff, option, flags, "0 to 65535");
  }

  private static Set<String> copy(Set<String> set) {
    return set == null || set instanceof NameSet ? set : Set.copyOf(set);
  }

  /** {@return every record} */
  public static RowOptions defaults() {
    return DEFAULTS;
  }

  /**
   * {@return whether there is any filter, apart from the limit}. ({@code equals} of a record is
   * linked at run time: docs/performance.md, "Start-up and the JVM".)
   */
  public boolean filters() {
    return (requireFlags | excludeFlags | excludeAllFlags | minMapq) != 0
        || readGroups != null
        || tag != null
        || tagValues != null
        || names != null
        || !expressions.isEmpty()
        || fraction != 1;
  }

  /**
   * {@return a copy that keeps records with all of these FLAG bits}
   *
   * @param value bits, 0 to 65535
   */
  public RowOptions withRequireFlags(int value) {
    Draft draft = new Draft(this);
    draft.requireFlags = value;
    return draft.options();
  }

  /**
   * {@return a copy that keeps records with none of these FLAG bits}
   *
   * @param value bits, 0 to 65535
   */
  public RowOptions withExcludeFlags(int value) {
    Draft draft = new Draft(this);
    draft.excludeFlags = value;
    return draft.options();
  }

  /**
   * {@return a copy that drops records with all of these FLAG bits}
   *
   * @param value bits, 0 to 65535; 0 drops none
   */
  public RowOptions withExcludeAllFlags(int value) {
    Draft draft = new Draft(this);
    draft.excludeAllFlags = value;
    return draft.options();
  }

  /**
   * {@return a copy with another minimum mapping quality}
   *
   * @param value 0 to 255; a MAPQ of 255 (not available) counts as 255
   */
  public RowOptions withMinMapq(int value) {
    Draft draft = new Draft(this);
    draft.minMapq = value;
    return draft.options();
  }

  /**
   * {@return a copy that keeps records of these read groups, and those without RG}
   *
   * @param value IDs of read groups; null: all
   */
  public RowOptions withReadGroups(Set<String> value) {
    Draft draft = new Draft(this);
    draft.readGroups = value;
    return draft.options();
  }

  /**
   * {@return a copy that drops the records of the read groups instead of keeping them}
   *
   * @param value whether to drop them
   */
  public RowOptions withExcludeReadGroups(boolean value) {
    Draft draft = new Draft(this);
    draft.excludeReadGroups = value;
    return draft.options();
  }

  /**
   * {@return a copy that keeps records with this tag}
   *
   * @param value two characters; null: all records
   */
  public RowOptions withTag(String value) {
    Draft draft = new Draft(this);
    draft.tag = value;
    return draft.options();
  }

  /**
   * {@return a copy that keeps records whose {@link #tag} has one of these values}
   *
   * @param value values as in SAM text; null: any value
   */
  public RowOptions withTagValues(Set<String> value) {
    Draft draft = new Draft(this);
    draft.tagValues = value;
    return draft.options();
  }

  /**
   * {@return a copy that keeps records with these names}
   *
   * @param value values of QNAME; null: any
   */
  public RowOptions withNames(Set<String> value) {
    Draft draft = new Draft(this);
    draft.names = value;
    return draft.options();
  }

  /**
   * {@return a copy that drops the records with the names instead of keeping them}
   *
   * @param value whether to drop them
   */
  public RowOptions withExcludeNames(boolean value) {
    Draft draft = new Draft(this);
    draft.excludeNames = value;
    return draft.options();
  }

  /**
   * {@return a copy that keeps records for which all of these filter expressions are true}
   *
   * @param value such as {@code [NM] <= 2 && mapq >= 30}
   */
  public RowOptions withExpressions(List<String> value) {
    Draft draft = new Draft(this);
    draft.expressions = value;
    return draft.options();
  }

  /**
   * {@return a copy that keeps a subsample of the templates, the same as samtools}
   *
   * @param value fraction of templates to keep, above 0 and at most 1; 1 keeps all
   */
  public RowOptions withFraction(double value) {
    Draft draft = new Draft(this);
    draft.fraction = value;
    return draft.options();
  }

  /**
   * {@return a copy with another seed of the subsampling}
   *
   * @param value seed of the subsampling
   */
  public RowOptions withSeed(int value) {
    Draft draft = new Draft(this);
    draft.seed = value;
    return draft.options();
  }

  /**
   * {@return a copy with another maximum number of rows}
   *
   * @param value maximum number of rows across all files; -1: no limit
   */
  public RowOptions withLimit(long value) {
    Draft draft = new Draft(this);
    draft.limit = value;
    return draft.options();
  }

  /** A mutable copy of the components. */
  private static final class Draft {
    int requireFlags;
    int excludeFlags;
    int excludeAllFlags;
    int minMapq;
    Set<String> readGroups;
    boolean excludeReadGroups;
    String tag;
    Set<String> tagValues;
    Set<String> names;
    boolean excludeNames;
    List<String> expressions;
    double fraction;
    int seed;
    long limit;

    Draft(RowOptions from) {
      requireFlags = from.requireFlags;
      excludeFlags = from.excludeFlags;
      excludeAllFlags = from.excludeAllFlags;
      minMapq = from.minMapq;
      readGroups = from.readGroups;
      excludeReadGroups = from.excludeReadGroups;
      tag = from.tag;
      tagValues = from.tagValues;
      names = from.names;
      excludeNames = from.excludeNames;
      expressions = from.expressions;
      fraction = from.fraction;
      seed = from.seed;
      limit = from.limit;
    }

    RowOptions options() {
      return new RowOptions(
          requireFlags,
          excludeFlags,
          excludeAllFlags,
          minMapq,
          readGroups,
          excludeReadGroups,
          tag,
          tagValues,
          names,
          excludeNames,
          expressions,
          fraction,
          seed,
          limit);
    }
  }
}
