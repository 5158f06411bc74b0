package org.bamarrow.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/** How Spark writes to a table. */
enum WriteRoute {
  /**
   * By DataSource V2; {@code df.write} then refuses the save modes {@code error}, {@code ignore}.
   */
  DIRECT(TableCapability.BATCH_WRITE),

  /** By DataSource V1, all save modes, which then starts a write of the other kind. */
  V1(TableCapability.V1_BATCH_WRITE);

  /** Spark 3.5 refuses to pass columns of these types to DataSource V1. */
  private static final String INTERVALS_REFUSED_BY = "3.";

  final TableCapability capability;

  WriteRoute(TableCapability capability) {
    this.capability = capability;
  }

  /** The route by which {@code df.write} can write rows of these types. */
  static WriteRoute of(StructType schema) {
    boolean refused =
        SparkSession.active().version().startsWith(INTERVALS_REFUSED_BY)
            && schema.existsRecursively(WriteRoute::isInterval);
    return refused ? DIRECT : V1;
  }

  private static boolean isInterval(DataType type) {
    return type instanceof DayTimeIntervalType || type instanceof YearMonthIntervalType;
  }
}
