package org.bamarrow.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.SparkSessionExtensionsProvider;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import scala.runtime.BoxedUnit;

/**
 * What the jar adds to every session: the catalog of paths, and rules for session catalogs that
 * wrap Spark's. Spark finds it through the service file in the jar and calls it before the first
 * query is analyzed.
 */
public final class BamArrowExtensions implements SparkSessionExtensionsProvider {
  /** Called by Spark, once per session. */
  public BamArrowExtensions() {}

  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    extensions.injectResolutionRule(BamArrowExtensions::rule);
    if (V1OptionsRule.isSupported()) {
      V1OptionsRule.addTo(extensions);
    }
    return BoxedUnit.UNIT;
  }

  private static Rule<LogicalPlan> rule(SparkSession session) {
    BamArrowCatalog.register(session);
    return new V1TableRule(session);
  }
}
