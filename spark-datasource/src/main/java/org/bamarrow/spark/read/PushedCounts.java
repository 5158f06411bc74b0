package org.bamarrow.spark.read;

import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.aggregate.AggregateFunc;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.Count;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Which aggregates are but the number of records. */
final class PushedCounts {
  private PushedCounts() {}

  /**
   * A column for each of the aggregates.
   *
   * @param table all columns
   * @return null where something else is asked for
   */
  static StructType of(Aggregation aggregation, StructType table) {
    if (aggregation.groupByExpressions().length > 0) {
      return null;
    }
    StructType counts = new StructType();
    for (AggregateFunc asked : aggregation.aggregateExpressions()) {
      if (!countsAll(asked, table)) {
        return null;
      }
      counts = counts.add(asked.toString(), DataTypes.LongType, false);
    }
    return counts;
  }

  private static boolean countsAll(AggregateFunc asked, StructType table) {
    return asked instanceof CountStar
        || asked instanceof Count count && !count.isDistinct() && isNeverNull(count, table);
  }

  private static boolean isNeverNull(Count count, StructType table) {
    Expression counted = count.column();
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
