package org.bamarrow.spark;

import org.apache.spark.sql.SparkSession;
import org.slf4j.LoggerFactory;

/** How Spark passes the batches of a scan to Python. */
final class PythonInput {
  /** New in Spark 4.2, and true by default. */
  static final String COLUMNAR = "spark.sql.execution.arrow.pythonUDF.columnarInput.enabled";

  /** SPARK-58241; fixed in 4.3.0. */
  private static final String BROKEN = "4.2.0";

  private PythonInput() {}

  /**
   * Disables columnar input in a session of Spark 4.2.0, unless the setting has a value, and logs a
   * warning once per session.
   *
   * <p>If an Arrow-optimized {@code udf} (the default there) is directly above a columnar scan of
   * any source, Spark 4.2.0 writes the schema of the input where Python expects the functions
   * (SPARK-58241), and both wait for each other forever. A scan does not know the operator above
   * it, so the setting of the session is the only remedy. It costs nothing: columns owned by the
   * reader ({@code ReaderOwnedColumn}) are passed to Python row by row in either case.
   */
  static void keepRows(SparkSession session) {
    if (session.version().startsWith(BROKEN) && !session.conf().getAll().contains(COLUMNAR)) {
      session.conf().set(COLUMNAR, "false");
      LoggerFactory.getLogger(PythonInput.class)
          .warn(
              "Set {}=false in this session: with true, Python UDFs directly above a columnar"
                  + " scan hang in Spark {} (SPARK-58241). A value that you set is kept.",
              COLUMNAR,
              BROKEN);
    }
  }
}
