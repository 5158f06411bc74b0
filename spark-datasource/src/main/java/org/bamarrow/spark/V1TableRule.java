package org.bamarrow.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.ResolvedIdentifier;
import org.apache.spark.sql.catalyst.plans.logical.CreateTableAsSelect;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ReplaceTableAsSelect;
import org.apache.spark.sql.catalyst.plans.logical.TableSpecBase;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.bamarrow.spark.compat.SparkMethods;
import scala.Option;

/**
 * Makes {@code CREATE TABLE ... USING bamarrow AS SELECT} and {@code saveAsTable} work in session
 * catalogs that load every table as one of DataSource V1: that of Spark 3.5, and those that wrap
 * Spark's, such as Delta's. Spark creates a table of a V2 source there and then cannot write to it.
 * The rule replaces the source with {@link SessionTableSource}, after which Spark's own rules make
 * the command of V1.
 */
final class V1TableRule extends Rule<LogicalPlan> {
  private static final String SESSION_CATALOG = "spark_catalog";
  private static final String IMPLEMENTATION = "spark.sql.catalog.spark_catalog";

  private final SparkSession session;

  V1TableRule(SparkSession session) {
    this.session = session;
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    if (plan instanceof CreateTableAsSelect create && isMeant(create.name(), create.tableSpec())) {
      return SparkMethods.replaced(plan, create.tableSpec(), ofV1(create.tableSpec()));
    }
    if (plan instanceof ReplaceTableAsSelect replace
        && isMeant(replace.name(), replace.tableSpec())) {
      return SparkMethods.replaced(plan, replace.tableSpec(), ofV1(replace.tableSpec()));
    }
    return plan;
  }

  private boolean isMeant(LogicalPlan name, TableSpecBase table) {
    return name instanceof ResolvedIdentifier resolved
        && resolved.catalog().name().equals(SESSION_CATALOG)
        && table.provider().isDefined()
        && table.provider().get().equalsIgnoreCase(BamArrowSource.NAME)
        && loadsTablesOfV1();
  }

  private boolean loadsTablesOfV1() {
    return session.version().startsWith("3.")
        || !session.conf().get(IMPLEMENTATION, "builtin").equals("builtin");
  }

  private static TableSpecBase ofV1(TableSpecBase table) {
    return SparkMethods.replaced(table, table.provider(), Option.apply(SessionTableSource.NAME));
  }
}
