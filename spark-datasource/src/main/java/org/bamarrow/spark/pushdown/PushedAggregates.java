package org.bamarrow.spark.pushdown;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.aggregate.Max;
import org.apache.spark.sql.connector.expressions.aggregate.Min;
import org.apache.spark.sql.connector.expressions.aggregate.Sum;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.internal.aggregate.RawAggregate;
import org.bamarrow.internal.aggregate.RawAggregate.Function;
import org.bamarrow.internal.aggregate.RawAggregation;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.spark.schema.RecordMetadata;

/** Translates the aggregation that Spark offers; Spark combines the results of the tasks. */
public final class PushedAggregates {
  /** Types of which no sum of a task overflows. */
  private static final Set<DataType> SUMMED =
      Set.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType);

  private final StructType table;
  private final OperandParser operands;
  private final List<RawAggregate> aggregates = new ArrayList<>();
  private StructType columns = new StructType();

  /**
   * The aggregation of each task.
   *
   * @param columns of its result
   */
  public record Pushed(RawAggregation aggregation, StructType columns) implements Serializable {
    /** For EXPLAIN, beginning with a comma. */
    public String text() {
      List<String> names = Arrays.asList(columns.fieldNames());
      int groups = aggregation.group() == null ? 0 : 1;
      return String.format(
          ", PushedAggregation: %s, PushedGroupBy: %s",
          names.subList(groups, names.size()), names.subList(0, groups));
    }
  }

  private PushedAggregates(StructType table, OperandParser operands) {
    this.table = table;
    this.operands = operands;
  }

  /**
   * Translates an aggregation.
   *
   * @param table all columns
   * @return empty if the core does not support it
   */
  public static Optional<Pushed> push(
      Aggregation offered, StructType table, OperandParser operands) {
    PushedAggregates pushed = new PushedAggregates(table, operands);
    RawField group = null;
    Expression[] groups = offered.groupByExpressions();
    if (groups.length > 0) {
      Operand by = groups.length > 1 ? null : pushed.column(groups[0]);
      if (by == null || !pushed.canGroup(by.field())) {
        return Optional.empty();
      }
      group = by.field();
      pushed.columns = pushed.columns.add(group.toString(), by.type(), true);
    }
    for (AggregateFunc function : offered.aggregateExpressions()) {
      if (!pushed.add(function)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Pushed(new RawAggregation(group, pushed.aggregates), pushed.columns));
  }

  /**
   * Of Arrow data also by columns with any number of values: tasks return some groups at a time.
   */
  private boolean canGroup(RawField by) {
    boolean hasKeys =
        by.kind() == RawField.Kind.INTEGER || by.kind() == RawField.Kind.TEXT; // exact when equal
    return RawAggregation.canGroup(by)
        || operands.isOfArrow()
            && hasKeys
            && (by.named() != null || by.column() == RawField.Column.RNEXT);
  }

  private boolean add(AggregateFunc offered) {
    if (offered instanceof CountStar) {
      return add(offered, RawAggregate.COUNT_ALL, DataTypes.LongType);
    }
    if (offered instanceof Count count && !count.isDistinct()) {
      return isNeverNull(count.column())
          ? add(offered, RawAggregate.COUNT_ALL, DataTypes.LongType)
          : add(offered, Function.COUNT, count.column(), DataTypes.LongType);
    }
    if (offered instanceof Sum sum && !sum.isDistinct()) {
      return add(offered, Function.SUM, sum.column(), DataTypes.LongType);
    }
    if (offered instanceof Min min) {
      return add(offered, Function.MIN, min.column(), null);
    }
    return offered instanceof Max max && add(offered, Function.MAX, max.column(), null);
  }

  /**
   * @param type null: that of the column
   */
  private boolean add(AggregateFunc offered, Function function, Expression of, DataType type) {
    Operand column = column(of);
    return column != null
        && supports(function, column)
        && add(
            offered,
            new RawAggregate(function, column.field()),
            type == null ? column.type() : type);
  }

  private boolean supports(Function function, Operand column) {
    RawField.Kind kind = column.field().kind();
    if (!operands.isOfArrow()) {
      return kind == RawField.Kind.INTEGER;
    }
    return switch (function) {
      case COUNT -> true;
      case MIN, MAX -> kind == RawField.Kind.INTEGER || kind == RawField.Kind.FLOAT;
      case SUM -> SUMMED.contains(column.type());
    };
  }

  private boolean add(AggregateFunc offered, RawAggregate aggregate, DataType type) {
    aggregates.add(aggregate);
    columns = columns.add(offered.toString(), type, aggregate.function() != Function.COUNT);
    return true;
  }

  /** The operand if the expression is a plain column of the table, else null. */
  private Operand column(Expression expression) {
    return expression instanceof NamedReference reference
            && !reference.fieldNames()[0].equals(RecordMetadata.RID.name())
        ? operands.parse(expression).orElse(null)
        : null;
  }

  private boolean isNeverNull(Expression counted) {
    if (!(counted instanceof NamedReference reference) || reference.fieldNames().length > 1) {
      return false;
    }
    for (StructField field : table.fields()) {
      if (field.name().equals(reference.fieldNames()[0])) {
        return !field.nullable();
      }
    }
    return false;
  }
}
