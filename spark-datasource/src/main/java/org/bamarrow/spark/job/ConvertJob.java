package org.bamarrow.spark.job;

import org.apache.spark.sql.SparkSession;
import org.bamarrow.cli.Main;
import scala.Option;

/**
 * {@code spark-submit --class org.bamarrow.spark.job.ConvertJob bamarrow-spark.jar convert IN...
 * OUT/}: a conversion by all executors, with the options of the command line.
 */
public final class ConvertJob {
  private ConvertJob() {}

  /** Exits the JVM only on failure: Spark treats an early exit as an error. */
  public static void main(String[] args) {
    int code = run(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * As {@link #main}, and ends the Spark session if there is one.
   *
   * @return the exit code, as the command line's
   */
  static int run(String... args) {
    try {
      return Main.execute(ClusterConvert.spec(), args);
    } finally {
      Option<SparkSession> session = SparkSession.getDefaultSession();
      if (session.isDefined()) {
        session.get().stop();
      }
    }
  }
}
