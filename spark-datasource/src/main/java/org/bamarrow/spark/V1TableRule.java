package org.bamarrow.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.ResolvedIdentifier;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.plans.logical.CreateTableAsSelect;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ReplaceTableAsSelect;
import org.apache.spark.sql.catalyst.plans.logical.TableSpecBase;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.execution.datasources.CreateTable;
import org.bamarrow.spark.compat.SparkMethods;
import scala.Option;

/**
 * Makes {@code CREATE TABLE ... USING bamarrow AS SELECT} and {@code saveAsTable} work in session
 * catalogs that wrap Spark's, such as Delta's. They load every table as one of DataSource V1, so
 * that Spark creates a table of a V2 source there and then cannot write to it. The rule replaces
 * the source with one of V1, whereupon Spark's own rules make the command of V1, and puts the
 * source back into that.
 */
final class V1TableRule extends Rule<LogicalPlan> {
  private static final String SESSION_CATALOG = "spark_catalog";
  private static final String IMPLEMENTATION = "spark.sql.catalog.spark_catalog";
  private static final Option<String> OF_V1 = Option.apply(SessionTableSource.class.getName());
  private static final Option<String> OF_V2 = Option.apply(BamArrowSource.NAME);

  private final SparkSession session;

  V1TableRule(SparkSession session) {
    this.session = session;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    if (plan instanceof CreateTableAsSelect create && isMeant(create.name(), create.tableSpec())) {
      return ofV1(plan, create.tableSpec());
    } else if (plan instanceof ReplaceTableAsSelect replace
        && isMeant(replace.name(), replace.tableSpec())) {
      return ofV1(plan, replace.tableSpec()); // Spark refuses it before it drops the table
    } else if (plan instanceof CreateTable create && create.tableDesc().provider().equals(OF_V1)) {
      CatalogTable table = create.tableDesc();
      return SparkMethods.replaced(
          plan, table, SparkMethods.replaced(table, table.provider(), OF_V2));
    }
    return plan;
  }

  private boolean isMeant(LogicalPlan name, TableSpecBase table) {
    return name instanceof ResolvedIdentifier resolved
        && resolved.catalog().name().equals(SESSION_CATALOG)
        && table.provider().isDefined()
        && table.provider().get().equalsIgnoreCase(BamArrowSource.NAME)
        && hasWrappingCatalog(session);
  }

  /** Whether the session catalog loads every table as one of V1. */
  static boolean hasWrappingCatalog(SparkSession session) {
    return !session.conf().get(IMPLEMENTATION, "builtin").equals("builtin");
  }

  private static LogicalPlan ofV1(LogicalPlan plan, TableSpecBase table) {
    return SparkMethods.replaced(
        plan, table, SparkMethods.replaced(table, table.provider(), OF_V1));
  }
}
