package org.bamarrow.spark;

/**
 * The source without the interfaces of DataSource V2: {@link V1TableRule} names it in a command, so
 * that Spark makes the command of V1 out of it, and takes the name away afterwards.
 */
public final class SessionTableSource extends V1Source {
  /** Called by Spark, once per table. */
  public SessionTableSource() {}
}
