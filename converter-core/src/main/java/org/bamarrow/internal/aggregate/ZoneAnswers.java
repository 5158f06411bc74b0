package org.bamarrow.internal.aggregate;

import java.util.Arrays;
import java.util.List;
import org.bamarrow.internal.aggregate.RawAggregate.Function;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.ZonePredicate;
import org.bamarrow.internal.filter.ZonePredicate.Part;
import org.bamarrow.internal.zone.ColumnZone;
import org.bamarrow.internal.zone.ColumnZone.Numbers;
import org.bamarrow.internal.zone.ColumnZone.Texts;
import org.bamarrow.internal.zone.ReferenceZone;
import org.bamarrow.internal.zone.Zone;

/**
 * Aggregates of the zones of a file whose statistics tell them exactly: of which rows the condition
 * is true, in which group they are, and the result for each aggregate. Not thread-safe.
 */
final class ZoneAnswers {
  private final RawAggregation aggregation;
  private final ZonePredicate condition;

  /** Values that are not null: their number, and their minimum or maximum. */
  private record Known(long count, long value) {
    static final Known NO_VALUES = new Known(0, 0);
  }

  ZoneAnswers(RawAggregation aggregation, ZonePredicate condition) {
    this.aggregation = aggregation;
    this.condition = condition;
  }

  /**
   * Adds the rows of a zone for which the condition is true.
   *
   * @return false if the statistics do not tell the result; nothing is added then
   */
  boolean add(Zone zone, BatchGroups groups, Totals totals) {
    List<Part> parts = condition.parts(zone);
    if (parts == null) {
      return false;
    }
    if (!isByName() && parts.stream().mapToLong(Part::rows).sum() == zone.rows()) {
      parts = zone.rows() == 0 ? List.of() : List.of(new Part(false, null, zone.rows()));
    }
    List<RawAggregate> aggregates = aggregation.aggregates();
    Known[][] known = new Known[parts.size()][aggregates.size()];
    for (int i = 0; i < known.length; i++) {
      if (!isInOneGroup(zone, parts.get(i))) {
        return false;
      }
      for (int j = 0; j < aggregates.size(); j++) {
        if (aggregates.get(j).field() != null) {
          known[i][j] = known(aggregates.get(j), zone, parts.get(i));
          if (known[i][j] == null) {
            return false;
          }
        }
      }
    }
    for (int i = 0; i < known.length; i++) {
      int group = group(zone, parts.get(i), groups);
      totals.ensureGroups(group + 1);
      totals.addRows(group, parts.get(i).rows());
      for (int j = 0; j < aggregates.size(); j++) {
        if (known[i][j] != null && known[i][j].count > 0) {
          totals.add(j, group, known[i][j].count, known[i][j].value);
        }
      }
    }
    return true;
  }

  private boolean isByName() {
    return aggregation.group() != null && aggregation.group().column() == Column.RNAME;
  }

  private boolean isInOneGroup(Zone zone, Part part) {
    RawField by = aggregation.group();
    if (by == null || isByName() && part.byName()) {
      return true;
    }
    ColumnZone values = condition.statistics(by, zone);
    return values.nulls() == zone.rows() || isConstant(values);
  }

  private static boolean isConstant(ColumnZone values) {
    if (values.nulls() != 0) {
      return false;
    }
    return values.bounds() instanceof Numbers numbers
        ? numbers.min() == numbers.max()
        : values.bounds() instanceof Texts texts && Arrays.equals(texts.min(), texts.max());
  }

  private int group(Zone zone, Part part, BatchGroups groups) {
    RawField by = aggregation.group();
    if (by == null) {
      return 0;
    }
    if (isByName() && part.byName()) {
      byte[] name = part.reference() == null ? null : part.reference().name();
      return name == null ? groups.ofNull() : groups.of(name, 0, name.length);
    }
    ColumnZone values = condition.statistics(by, zone);
    if (values.nulls() == zone.rows()) {
      return groups.ofNull();
    }
    return values.bounds() instanceof Texts texts
        ? groups.of(texts.min(), 0, texts.min().length)
        : groups.of(((Numbers) values.bounds()).min());
  }

  /** What an aggregate needs to know of the values in rows of a zone; null: not known. */
  private Known known(RawAggregate aggregate, Zone zone, Part part) {
    ColumnZone values = condition.statistics(aggregate.field(), zone);
    if (values.nulls() == zone.rows()) {
      return Known.NO_VALUES;
    }
    boolean whole = part.rows() == zone.rows();
    if (aggregate.function() == Function.COUNT) {
      return values.nulls() == 0
          ? new Known(part.rows(), 0)
          : whole && values.nulls() > 0 ? new Known(part.rows() - values.nulls(), 0) : null;
    }
    Long bound =
        aggregate.function() == Function.SUM ? null : bound(aggregate, values, part, whole);
    return bound == null ? null : new Known(1, bound);
  }

  /** The minimum or maximum of the values, of which at least one is not null; null: not known. */
  private static Long bound(RawAggregate aggregate, ColumnZone values, Part part, boolean whole) {
    boolean min = aggregate.function() == Function.MIN;
    RawField field = aggregate.field();
    ReferenceZone reference = part.reference();
    if ((whole && values.nulls() >= 0 || isConstant(values))
        && values.bounds() instanceof Numbers numbers) {
      long bound = min ? numbers.min() : numbers.max();
      // the statistics do not tell 0.0 from -0.0
      return field.kind() == RawField.Kind.FLOAT && bound == 0 ? null : (Long) bound;
    }
    if (reference == null
        || reference.minPos() == ReferenceZone.UNKNOWN
        || reference.maxPos() == ReferenceZone.UNKNOWN) {
      return null;
    }
    if (field.column() == Column.POS) {
      return min ? reference.minPos() : reference.maxPos();
    }
    boolean end = field.column() == Column.END && !min;
    return end && reference.maxEnd() != ReferenceZone.UNKNOWN ? (Long) reference.maxEnd() : null;
  }
}
