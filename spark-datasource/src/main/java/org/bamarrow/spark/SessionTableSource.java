package org.bamarrow.spark;

import org.apache.spark.sql.sources.DataSourceRegister;

/**
 * The source without DataSource V2, as which {@link V1TableRule} creates tables from queries where
 * the session catalog cannot write to tables of V2.
 */
public final class SessionTableSource extends V1Source implements DataSourceRegister {
  /** Stands in the catalog as the provider of such tables. */
  static final String NAME = "bamarrow_v1";

  /** Called by Spark, once per table. */
  public SessionTableSource() {}

  @Override
  public String shortName() {
    return NAME;
  }
}
