package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.Constant;
import org.bamarrow.internal.filter.RawPredicate.FloatCompare;
import org.bamarrow.internal.filter.RawPredicate.Leaf;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;
import org.bamarrow.internal.zone.ColumnZone;
import org.bamarrow.internal.zone.ColumnZone.Numbers;
import org.bamarrow.internal.zone.ReferenceZone;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneTest;

/**
 * Tells by its statistics whether a predicate can be true for a row of a zone: the possible
 * outcomes of each condition are combined by the rules of three-valued logic. Conditions on names
 * and places are considered for each reference name of the zone separately. A column that the file
 * lacks is null. Immutable.
 */
public final class ZonePredicate implements ZoneTest {
  private final RawPredicate predicate;
  private final ZoneColumns columns;
  private final int rname;

  /** Indices of the columns of the conditions, and of others that are asked for. */
  private final Set<Integer> needed = new HashSet<>();

  /**
   * @param columns of the zones
   */
  public ZonePredicate(RawPredicate predicate, ZoneColumns columns) {
    this(predicate, columns, List.of());
  }

  /**
   * @param columns of the zones
   * @param more fields whose {@link #statistics} will be asked for
   */
  public ZonePredicate(RawPredicate predicate, ZoneColumns columns, List<RawField> more) {
    this.predicate = predicate;
    this.columns = columns;
    this.rname = columns.indexOf("rname", null);
    addNeeded(predicate);
    more.forEach(this::addNeeded);
    if (needsReferences()) {
      needed.add(rname);
    }
  }

  private void addNeeded(RawPredicate node) {
    if (node instanceof And and) {
      for (RawPredicate child : and.children()) {
        addNeeded(child);
      }
    } else if (node instanceof Or or) {
      for (RawPredicate child : or.children()) {
        addNeeded(child);
      }
    } else if (node instanceof Not not) {
      addNeeded(not.child());
    } else if (node instanceof Leaf leaf) {
      addNeeded(leaf.field());
    }
  }

  private void addNeeded(RawField field) {
    needed.add(columns.indexOf(field.topLevel(), field.child()));
  }

  /** Whether all statistics that another one asks for, of the same columns, are those of this. */
  public boolean needsAllOf(ZonePredicate other) {
    return needed.containsAll(other.needed);
  }

  /** Asks for the same statistics, without the predicate, which may have many values. */
  public ZonePredicate ofAllRows() {
    ZonePredicate all = new ZonePredicate(RawPredicate.TRUE, columns);
    all.needed.addAll(needed);
    return all;
  }

  @Override
  public boolean needs(ZoneColumns.Column column) {
    return needed.contains(columns.indexOf(column.name(), column.child()));
  }

  @Override
  public boolean needsReferences() {
    return rname >= 0
        && (needed.contains(rname)
            || needed.contains(columns.indexOf("pos", null))
            || needed.contains(columns.indexOf("end", null)));
  }

  /** False if the predicate is true for no row of the zone. */
  @Override
  public boolean canMatch(Zone zone) {
    if (rname < 0 || zone.references() == null) {
      return Outcomes.canBeTrue(outcomes(predicate, new View(zone, false, null)));
    }
    for (ReferenceZone reference : zone.references()) {
      if (Outcomes.canBeTrue(outcomes(predicate, new View(zone, true, reference)))) {
        return true;
      }
    }
    return zone.columns().get(rname).nulls() != 0
        && Outcomes.canBeTrue(outcomes(predicate, new View(zone, true, null)));
  }

  /**
   * Rows of a zone for all of which the predicate is true.
   *
   * @param byName whether they are the rows with one reference name, or without one; false: all
   * @param reference their reference; null: all rows, or those without a name
   * @param rows their number
   */
  public record Part(boolean byName, ReferenceZone reference, long rows) {}

  /**
   * The rows for which the predicate is true, by reference name where the zone lists them; empty if
   * there are none.
   *
   * @return null if the statistics do not tell which rows they are
   */
  public List<Part> parts(Zone zone) {
    List<Part> parts = new ArrayList<>();
    if (rname < 0 || zone.references() == null) {
      return add(new Part(false, null, zone.rows()), zone, parts) ? parts : null;
    }
    long left = zone.rows();
    for (ReferenceZone reference : zone.references()) {
      left -= reference.rows();
      if (!add(new Part(true, reference, reference.rows()), zone, parts)) {
        return null;
      }
    }
    return add(new Part(true, null, left), zone, parts) ? parts : null;
  }

  /** Adds rows if the predicate is true for them; false if it may be true for some only. */
  private boolean add(Part part, Zone zone, List<Part> parts) {
    if (part.rows == 0) {
      return true;
    }
    int outcomes = outcomes(predicate, new View(zone, part.byName, part.reference));
    if (outcomes == Outcomes.TRUE) {
      parts.add(part);
    }
    return outcomes == Outcomes.TRUE || !Outcomes.canBeTrue(outcomes);
  }

  /** What is known of a column, in the unit of its values as read; all are null without it. */
  public ColumnZone statistics(RawField field, Zone zone) {
    int index = columns.indexOf(field.topLevel(), field.child());
    if (index < 0) {
      return columns.has(field.topLevel(), field.child())
          ? ColumnZone.NOTHING
          : new ColumnZone(zone.rows(), null);
    }
    ColumnZone known = zone.columns().get(index);
    ZoneColumns.Column column = columns.columns().get(index);
    boolean fits =
        switch (field.kind()) {
          case INTEGER -> column.kind() == ZoneColumns.Kind.INTEGER && !isScaled(column);
          case FLOAT -> column.kind() == ZoneColumns.Kind.FLOAT;
          case TEXT -> column.kind() == ZoneColumns.Kind.TEXT;
          case ARRAY -> false;
        };
    return fits ? known : new ColumnZone(known.nulls(), null);
  }

  /** Whether values are read in another unit than they are stored. */
  private static boolean isScaled(ZoneColumns.Column column) {
    ArrowType type = column.field().getType();
    return type instanceof ArrowType.Timestamp time && time.getUnit() != TimeUnit.MICROSECOND
        || type instanceof ArrowType.Date date && date.getUnit() != DateUnit.DAY;
  }

  private int outcomes(RawPredicate node, View rows) {
    if (node instanceof Constant constant) {
      return constant.value() == null
          ? Outcomes.UNKNOWN
          : constant.value() ? Outcomes.TRUE : Outcomes.FALSE;
    }
    if (node instanceof And and) {
      int all = Outcomes.TRUE;
      for (RawPredicate child : and.children()) {
        all = Outcomes.and(all, outcomes(child, rows));
        if (all == Outcomes.FALSE) {
          break;
        }
      }
      return all;
    }
    if (node instanceof Or or) {
      int any = Outcomes.FALSE;
      for (RawPredicate child : or.children()) {
        any = Outcomes.or(any, outcomes(child, rows));
        if (any == Outcomes.TRUE) {
          break;
        }
      }
      return any;
    }
    if (node instanceof Not not) {
      return Outcomes.not(outcomes(not.child(), rows));
    }
    return rows.outcomes((Leaf) node);
  }

  /**
   * Rows of a zone.
   *
   * @param byName whether they are the rows with one reference name, or without one
   * @param reference of the rows; null: all of them, or those without a name
   */
  private final class View {
    private final Zone zone;
    private final boolean byName;
    private final ReferenceZone reference;

    View(Zone zone, boolean byName, ReferenceZone reference) {
      this.zone = zone;
      this.byName = byName;
      this.reference = reference;
    }

    int outcomes(Leaf leaf) {
      RawField field = leaf.field();
      if (field.column() == RawField.Column.RNAME && byName) {
        TextTest test = PredicateCompiler.textTest(leaf);
        int outcome =
            reference == null
                ? test.onNull()
                : test.evaluate(reference.name(), 0, reference.name().length);
        return 1 << outcome;
      }
      ColumnZone values = statistics(field, zone);
      boolean nulls = values.nulls() != 0;
      boolean others = values.nulls() != zone.rows();
      ColumnZone.Bounds bounds = values.bounds();
      if (reference != null
          && field.column() == RawField.Column.POS
          && reference.maxPos() != ReferenceZone.UNKNOWN) {
        bounds = new Numbers(reference.minPos(), reference.maxPos());
      } else if (reference != null
          && field.column() == RawField.Column.END
          && reference.maxEnd() != ReferenceZone.UNKNOWN
          && bounds instanceof Numbers all) {
        bounds = new Numbers(Math.min(all.min(), reference.maxEnd()), reference.maxEnd());
      }
      Zone.Flags flags = field.column() == RawField.Column.FLAG ? zone.flags() : null;
      int possible = nulls ? ofNulls(leaf) : 0;
      return others ? possible | ofValues(leaf, bounds, flags) : possible;
    }
  }

  private static int ofNulls(Leaf leaf) {
    return 1
        << switch (leaf.field().kind()) {
          case INTEGER -> PredicateCompiler.integerTest(leaf).onNull();
          case TEXT -> PredicateCompiler.textTest(leaf).onNull();
          case FLOAT, ARRAY ->
              leaf instanceof FloatCompare compare ? FloatTest.of(compare).onNull() : Node.TRUE;
        };
  }

  /** The outcomes for values that are not null. */
  private static int ofValues(Leaf leaf, ColumnZone.Bounds bounds, Zone.Flags flags) {
    if (leaf instanceof RawPredicate.IsNull) {
      return Outcomes.FALSE;
    }
    int onMiss =
        switch (leaf.field().kind()) {
          case INTEGER -> PredicateCompiler.integerTest(leaf).onMiss();
          case TEXT -> PredicateCompiler.textTest(leaf).onMiss();
          case FLOAT, ARRAY -> FloatTest.of((FloatCompare) leaf).onMiss();
        };
    return new ZoneBounds(bounds, flags).outcomes(leaf, 1 << onMiss);
  }
}
