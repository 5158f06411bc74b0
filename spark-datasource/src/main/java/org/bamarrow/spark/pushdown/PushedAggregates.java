package org.bamarrow.spark.pushdown;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

/** Finds what the core can aggregate in what Spark asks for; Spark adds the tasks' results up. */
public final class PushedAggregates {
  private final StructType table;
  private final OperandParser operands;
  private final List<RawAggregate> aggregates = new ArrayList<>();
  private StructType columns = new StructType();

  /**
   * What each task aggregates.
   *
   * @param columns of its result
   */
  public record Pushed(RawAggregation aggregation, StructType columns) {}

  private PushedAggregates(StructType table, OperandParser operands) {
    this.table = table;
    this.operands = operands;
  }

  /**
   * What each task is to aggregate.
   *
   * @param table all columns
   * @return empty where something else is asked for
   */
  public static Optional<Pushed> push(
      Aggregation asked, StructType table, OperandParser operands) {
    PushedAggregates pushed = new PushedAggregates(table, operands);
    RawField group = null;
    Expression[] groups = asked.groupByExpressions();
    if (groups.length > 0) {
      Operand by = groups.length > 1 ? null : pushed.column(groups[0]);
      if (by == null || !RawAggregation.canGroup(by.field())) {
        return Optional.empty();
      }
      group = by.field();
      pushed.columns = pushed.columns.add(group.toString(), by.type(), true);
    }
    for (AggregateFunc function : asked.aggregateExpressions()) {
      if (!pushed.add(function)) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new Pushed(new RawAggregation(group, pushed.aggregates), pushed.columns));
  }

  private boolean add(AggregateFunc asked) {
    if (asked instanceof CountStar) {
      return add(asked, RawAggregate.COUNT_ALL, DataTypes.LongType);
    }
    if (asked instanceof Count count && !count.isDistinct()) {
      return isNeverNull(count.column())
          ? add(asked, RawAggregate.COUNT_ALL, DataTypes.LongType)
          : add(asked, Function.COUNT, count.column(), DataTypes.LongType);
    }
    if (asked instanceof Sum sum && !sum.isDistinct()) {
      return add(asked, Function.SUM, sum.column(), DataTypes.LongType);
    }
    if (asked instanceof Min min) {
      return add(asked, Function.MIN, min.column(), null);
    }
    return asked instanceof Max max && add(asked, Function.MAX, max.column(), null);
  }

  /**
   * @param type null: that of the column
   */
  private boolean add(AggregateFunc asked, Function function, Expression of, DataType type) {
    Operand column = column(of);
    return column != null
        && column.field().kind() == RawField.Kind.INTEGER
        && add(
            asked, new RawAggregate(function, column.field()), type == null ? column.type() : type);
  }

  private boolean add(AggregateFunc asked, RawAggregate aggregate, DataType type) {
    aggregates.add(aggregate);
    columns = columns.add(asked.toString(), type, aggregate.function() != Function.COUNT);
    return true;
  }

  /** A column itself, not something made of it; else null. */
  private Operand column(Expression expression) {
    return expression instanceof NamedReference ? operands.parse(expression).orElse(null) : null;
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
