package org.bamarrow.spark;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.sources.And;
import org.apache.spark.sql.sources.EqualNullSafe;
import org.apache.spark.sql.sources.EqualTo;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.sources.GreaterThan;
import org.apache.spark.sql.sources.GreaterThanOrEqual;
import org.apache.spark.sql.sources.In;
import org.apache.spark.sql.sources.IsNotNull;
import org.apache.spark.sql.sources.IsNull;
import org.apache.spark.sql.sources.LessThan;
import org.apache.spark.sql.sources.LessThanOrEqual;
import org.apache.spark.sql.sources.Not;
import org.apache.spark.sql.sources.Or;
import org.apache.spark.sql.sources.StringStartsWith;
import org.bamarrow.spark.schema.Columns;

/** Turns the filters of DataSource V1 back into conditions, which V2 then pushes down. */
final class V1Filters {
  private V1Filters() {}

  /** The conjunction of all filters that can be expressed; Spark evaluates all of them again. */
  static Optional<Column> all(Filter[] filters) {
    return Arrays.stream(filters)
        .map(V1Filters::column)
        .filter(Objects::nonNull)
        .reduce(Column::and);
  }

  /** Null if there is no such condition. */
  private static Column column(Filter filter) {
    if (filter instanceof EqualTo f) {
      return named(f.attribute()).equalTo(f.value());
    } else if (filter instanceof EqualNullSafe f) {
      return named(f.attribute()).eqNullSafe(f.value());
    } else if (filter instanceof GreaterThan f) {
      return named(f.attribute()).gt(f.value());
    } else if (filter instanceof GreaterThanOrEqual f) {
      return named(f.attribute()).geq(f.value());
    } else if (filter instanceof LessThan f) {
      return named(f.attribute()).lt(f.value());
    } else if (filter instanceof LessThanOrEqual f) {
      return named(f.attribute()).leq(f.value());
    } else if (filter instanceof In f) {
      return named(f.attribute()).isin(f.values());
    } else if (filter instanceof IsNull f) {
      return named(f.attribute()).isNull();
    } else if (filter instanceof IsNotNull f) {
      return named(f.attribute()).isNotNull();
    } else if (filter instanceof StringStartsWith f) {
      return named(f.attribute()).startsWith(f.value());
    } else if (filter instanceof And f) {
      return both(f.left(), f.right(), Column::and);
    } else if (filter instanceof Or f) {
      return both(f.left(), f.right(), Column::or);
    } else if (filter instanceof Not f) {
      Column inner = column(f.child());
      return inner == null ? null : functions.not(inner);
    }
    return null;
  }

  private static Column both(Filter left, Filter right, BiFunction<Column, Column, Column> join) {
    Column one = column(left);
    Column two = column(right);
    return one == null || two == null ? null : join.apply(one, two);
  }

  /** The column of that name, whatever characters are in it. */
  static Column named(String name) {
    return functions.col(Columns.quoted(name));
  }
}
