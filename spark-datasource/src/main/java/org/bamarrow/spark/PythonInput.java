package org.bamarrow.spark;

import org.apache.spark.sql.SparkSession;
import org.slf4j.LoggerFactory;

/** How Spark hands the batches of a scan to Python. */
final class PythonInput {
  /** New in Spark 4.2, and true by default. */
  static final String COLUMNAR = "spark.sql.execution.arrow.pythonUDF.columnarInput.enabled";

  /** SPARK-58241; 4.3.0 does not have the fault. */
  private static final String BROKEN = "4.2.0";

  private PythonInput() {}

  /**
   * Switches columnar input off in a session of Spark 4.2.0, unless somebody has set it, and says
   * so once a session.
   *
   * <p>Spark 4.2.0 writes the schema of the input where Python reads the functions, if an
   * Arrow-optimized {@code udf}, which is every {@code udf} by default there, stands right above a
   * columnar scan of whatever source (SPARK-58241); both then wait for each other for ever. A scan
   * cannot know what stands above it, so the session is the only place. Nothing is lost: columns
   * that are lent ({@code ReaderOwnedColumn}) go to Python row by row in either case.
   */
  static void keepRows(SparkSession session) {
    if (session.version().startsWith(BROKEN) && !session.conf().getAll().contains(COLUMNAR)) {
      session.conf().set(COLUMNAR, "false");
      LoggerFactory.getLogger(PythonInput.class)
          .warn(
              "Set {}=false in this session: with true, Python udfs right above a columnar scan"
                  + " hang in Spark {} (SPARK-58241). Set it yourself to keep your value.",
              COLUMNAR,
              BROKEN);
    }
  }
}
