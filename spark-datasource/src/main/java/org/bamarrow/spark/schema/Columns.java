package org.bamarrow.spark.schema;

import org.apache.spark.sql.connector.expressions.Expressions;
import org.apache.spark.sql.connector.expressions.NamedReference;

/** Columns in Spark's expressions. */
public final class Columns {
  private Columns() {}

  /** A top-level column of any name: Spark parses names, in which dots separate levels. */
  public static NamedReference reference(String name) {
    return Expressions.column(quoted(name));
  }

  /** A name as Spark parses it. */
  public static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }
}
