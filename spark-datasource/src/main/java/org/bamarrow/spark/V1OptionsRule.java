package org.bamarrow.spark;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.catalog.CatalogTable;
import org.apache.spark.sql.catalyst.catalog.SessionCatalog;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import scala.runtime.BoxedUnit;

/**
 * Refuses options of one query for tables that are read by DataSource V1: Spark keeps the table of
 * the first query, with its options, for all later ones. Not in Spark 3.5, which has no place for
 * such a rule.
 */
final class V1OptionsRule extends Rule<LogicalPlan> {
  /** Spark's own keys among the options begin like this. */
  private static final String INTERNAL = "__";

  private final SparkSession session;

  private V1OptionsRule(SparkSession session) {
    this.session = session;
  }

  /** Whether this Spark can call the rule. */
  static boolean isSupported() {
    return Arrays.stream(SparkSessionExtensions.class.getMethods())
        .anyMatch(method -> method.getName().equals("injectHintResolutionRule"));
  }

  static void addTo(SparkSessionExtensions extensions) {
    extensions.injectHintResolutionRule(V1OptionsRule::new);
  }

  @Override
  public LogicalPlan apply(LogicalPlan plan) {
    if (V1TableRule.hasWrappingCatalog(session)) {
      plan.foreachWithSubqueries(
          node -> {
            if (node instanceof UnresolvedRelation relation && hasOptions(relation.options())) {
              check(relation.tableName());
            }
            return BoxedUnit.UNIT;
          });
    }
    return plan;
  }

  private static boolean hasOptions(CaseInsensitiveStringMap options) {
    return options.keySet().stream().anyMatch(name -> !name.startsWith(INTERNAL));
  }

  private void check(String name) {
    if (isOurs(name)) {
      throw new IllegalArgumentException(
          name
              + ": this session catalog does not pass on options of one query; create a view with"
              + " them, or read the path");
    }
  }

  private boolean isOurs(String name) {
    SessionCatalog catalog = session.sessionState().catalog();
    try {
      TableIdentifier table = session.sessionState().sqlParser().parseTableIdentifier(name);
      if (catalog.isTempView(table)) {
        return false;
      }
      CatalogTable found = catalog.getTableMetadata(table);
      return found.provider().isDefined()
          && found.provider().get().toLowerCase(Locale.ROOT).equals(BamArrowSource.NAME);
    } catch (Exception e) { // of a name that is not one of the session catalog: left to Spark
      return false;
    }
  }
}
