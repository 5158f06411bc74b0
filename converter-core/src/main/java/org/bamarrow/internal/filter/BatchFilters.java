package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.convert.Regions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IsNull;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;

/**
 * The filters of samtools view and regions on record batches that were converted from BAMs: the
 * same rows as {@link RecordFilters} and {@link RegionFilter} give on the records.
 */
public final class BatchFilters {
  /** Maximum number of intervals of a reference in {@link #predicate}. */
  private static final int MAX_INTERVALS = 1_000;

  private static final RawField FLAG = RawField.of(Column.FLAG);
  private static final RawField MAPQ = RawField.of(Column.MAPQ);

  final RecordFilters lists;
  final List<Regions> regions;

  /**
   * @param rows the limit is ignored
   * @param regions of all of which a row must overlap one position
   * @throws IllegalArgumentException if the options have a filter that applies to records only
   */
  public BatchFilters(RowOptions rows, List<Regions> regions) {
    if (!rows.equals(known(rows))) {
      throw new IllegalArgumentException(
          "not all of the filters can be applied to Arrow data; filter the BAM");
    }
    this.lists = RecordFilters.sharing(rows);
    this.regions = regions.stream().filter(each -> !each.isAll()).toList();
  }

  /** Those of the filters that are evaluated here, so that no other filter is ignored. */
  private static RowOptions known(RowOptions rows) {
    return RowOptions.defaults()
        .withRequireFlags(rows.requireFlags())
        .withExcludeFlags(rows.excludeFlags())
        .withExcludeAllFlags(rows.excludeAllFlags())
        .withMinMapq(rows.minMapq())
        .withReadGroups(rows.readGroups())
        .withExcludeReadGroups(rows.excludeReadGroups())
        .withTag(rows.tag())
        .withTagValues(rows.tagValues())
        .withNames(rows.names())
        .withExcludeNames(rows.excludeNames())
        .withFraction(rows.fraction())
        .withSeed(rows.seed())
        .withExpressions(rows.expressions())
        .withLimit(rows.limit());
  }

  /**
   * A filter for batches with these columns, for one thread.
   *
   * @param schema of the batches, as written or with normalized types
   * @param zeroBased whether {@code pos} is 0-based
   * @param latin1 whether text was decoded as Latin-1
   * @throws IllegalArgumentException if a filter needs a column that the schema lacks
   */
  public BatchFilter on(Schema schema, boolean zeroBased, boolean latin1) {
    return on(schema, zeroBased, latin1, null, Set.of());
  }

  /**
   * As the other method.
   *
   * @param header the references and read groups, for filter expressions; null if not known
   * @param typedTags tags whose values are not in {@code other_tags}
   */
  public BatchFilter on(
      Schema schema, boolean zeroBased, boolean latin1, BamHeader header, Set<String> typedTags) {
    return new BatchFilter(this, schema, zeroBased, latin1, header, typedTags);
  }

  /** Whether a filter expression has indices of references. */
  public boolean usesReferenceIds() {
    return uses(ExpressionVariable.REFID) || uses(ExpressionVariable.MREFID);
  }

  /** Whether a filter expression has the library. */
  public boolean usesLibrary() {
    return uses(ExpressionVariable.LIBRARY);
  }

  private boolean uses(ExpressionVariable variable) {
    return new FilterExpression(lists.rows.expressions()).variables().contains(variable);
  }

  /** As {@link RecordFilters#matches}, over all batches. */
  public Map<String, ListMatch> matches() {
    return lists.matches();
  }

  /**
   * A predicate that is true for every row that passes, and maybe for others: it tells which
   * batches are not worth reading. Derived from the filters by FLAG and MAPQ, the regions, and what
   * filter expressions say of columns.
   *
   * @param schema of the batches
   * @param zeroBased as in {@link #on}
   * @param converted whether the rows are records as they were converted: in tables of others,
   *     {@code end} may be anything
   */
  public RawPredicate predicate(Schema schema, boolean zeroBased, boolean converted) {
    RowOptions rows = lists.rows;
    List<RawPredicate> all =
        new ArrayList<>(
            List.of(requiredFlags(rows), excludedFlags(rows), notAllFlags(rows), mapq(rows)));
    ExpressionColumns columns = ExpressionColumns.of(schema, zeroBased, converted);
    all.add(new FilterExpression(rows.expressions()).condition(columns));
    regions.forEach(each -> all.add(RegionPredicates.of(each, MAX_INTERVALS, zeroBased)));
    return new And(all);
  }

  /** Whether {@link #predicate} is true only for rows that pass. */
  public boolean isPredicate() {
    RowOptions rows = lists.rows;
    RowOptions bits =
        RowOptions.defaults()
            .withRequireFlags(rows.requireFlags())
            .withExcludeFlags(rows.excludeFlags())
            .withExcludeAllFlags(rows.excludeAllFlags())
            .withMinMapq(rows.minMapq())
            .withLimit(rows.limit());
    return rows.equals(bits)
        && regions.stream()
            .flatMap(each -> each.references().stream().map(each::on))
            .allMatch(intervals -> intervals.size() <= MAX_INTERVALS);
  }

  /** {@code -f} as a predicate; {@link RawPredicate#TRUE} without it. */
  static RawPredicate requiredFlags(RowOptions rows) {
    int required = rows.requireFlags();
    return required == 0 ? RawPredicate.TRUE : masked(required, required);
  }

  /** {@code -F} as a predicate. */
  static RawPredicate excludedFlags(RowOptions rows) {
    int excluded = rows.excludeFlags();
    return excluded == 0 ? RawPredicate.TRUE : masked(excluded, 0);
  }

  /** {@code -G} as a predicate. */
  static RawPredicate notAllFlags(RowOptions rows) {
    int notAll = rows.excludeAllFlags();
    return notAll == 0 ? RawPredicate.TRUE : new Not(masked(notAll, notAll));
  }

  private static RawPredicate masked(long mask, long value) {
    return new IntegerCompare(FLAG, mask, Operator.EQUAL, value);
  }

  /** The filter by MAPQ, which is null for 255. */
  static RawPredicate mapq(RowOptions rows) {
    return rows.minMapq() == 0
        ? RawPredicate.TRUE
        : new Or(
            new IsNull(MAPQ), new IntegerCompare(MAPQ, Operator.GREATER_OR_EQUAL, rows.minMapq()));
  }
}
