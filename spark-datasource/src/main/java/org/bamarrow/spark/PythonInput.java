package org.bamarrow.spark;

import org.apache.spark.sql.SparkSession;
import org.slf4j.LoggerFactory;

/** How Spark hands the batches of a scan to Python. */
final class PythonInput {
  /** New in Spark 4.2, and true by default. */
  static final String COLUMNAR = "spark.sql.execution.arrow.pythonUDF.columnarInput.enabled";

  private PythonInput() {}

  /**
   * Switches columnar input off in a session of Spark 4.2, unless somebody has set it.
   *
   * <p>Spark 4.2.0 writes the schema of the input once more than Python reads it where an
   * Arrow-optimized {@code udf}, which is every {@code udf} by default there, stands right above a
   * columnar scan of whatever source; both then wait for each other for ever. Nothing is lost with
   * it: columns that are lent ({@code LentColumn}) go to Python row by row in either case.
   */
  static void keepRows(SparkSession session) {
    if (session.version().startsWith("4.2.") && !session.conf().getAll().contains(COLUMNAR)) {
      session.conf().set(COLUMNAR, "false");
      LoggerFactory.getLogger(PythonInput.class)
          .info("{} is false from here on: with it, udf hangs in Spark 4.2.0", COLUMNAR);
    }
  }
}
