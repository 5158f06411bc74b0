package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
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
    if (withoutKnown(rows).filters()) {
      throw new IllegalArgumentException(
          "not all of the filters can be applied to Arrow data; filter the BAM");
    }
    this.lists = RecordFilters.sharing(rows);
    this.regions = regions.stream().filter(each -> !each.isAll()).toList();
  }

  /** The filters that are not evaluated here, none of which may be ignored. */
  private static RowOptions withoutKnown(RowOptions rows) {
    return withoutBits(rows)
        .withReadGroups(null)
        .withTagValues(null)
        .withTag(null)
        .withNames(null)
        .withFraction(1)
        .withExpressions(List.of());
  }

  /** The filters without those by FLAG and MAPQ. */
  private static RowOptions withoutBits(RowOptions rows) {
    return rows.withRequireFlags(0).withExcludeFlags(0).withExcludeAllFlags(0).withMinMapq(0);
  }

  /**
   * A filter for batches with these columns, for one thread.
   *
   * @param fields columns of the batches, as written or with normalized types
   * @param zeroBased whether {@code pos} is 0-based
   * @param latin1 whether text was decoded as Latin-1
   * @throws IllegalArgumentException if a filter needs a column that is missing
   */
  public BatchFilter on(List<Field> fields, boolean zeroBased, boolean latin1) {
    return on(fields, zeroBased, latin1, null, Set.of());
  }

  /**
   * As the other method.
   *
   * @param header the references and read groups, for filter expressions; null if not known
   * @param typedTags tags whose values are not in {@code other_tags}
   */
  public BatchFilter on(
      List<Field> fields,
      boolean zeroBased,
      boolean latin1,
      BamHeader header,
      Set<String> typedTags) {
    return new BatchFilter(this, fields, zeroBased, latin1, header, typedTags);
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
   * @param fields of the batches
   * @param zeroBased as in {@link #on}
   * @param converted whether the rows are records as they were converted: in tables of others,
   *     {@code end} may be anything
   */
  public RawPredicate predicate(List<Field> fields, boolean zeroBased, boolean converted) {
    RowOptions rows = lists.rows;
    List<RawPredicate> all =
        new ArrayList<>(
            List.of(requiredFlags(rows), excludedFlags(rows), notAllFlags(rows), mapq(rows)));
    ExpressionColumns columns = ExpressionColumns.of(fields, zeroBased, converted);
    all.add(new FilterExpression(rows.expressions()).condition(columns));
    regions.forEach(each -> all.add(RegionPredicates.of(each, MAX_INTERVALS, zeroBased)));
    return new And(all);
  }

  /** Whether {@link #predicate} is true only for rows that pass. */
  public boolean isPredicate() {
    return !withoutBits(lists.rows).filters()
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
