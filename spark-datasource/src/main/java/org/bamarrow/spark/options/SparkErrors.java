package org.bamarrow.spark.options;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.util.function.Function;
import org.apache.spark.QueryContext;
import org.apache.spark.sql.AnalysisException;
import org.bamarrow.errors.Printable;
import org.bamarrow.errors.Worded;
import scala.Option;
import scala.collection.immutable.Map;

/**
 * What Spark's driver is told when a query cannot be planned or a write cannot begin or end: the
 * one place where errors of files become Spark's. An {@link AnalysisException} is one line in
 * PySpark, and its condition says what kind of error it is. Errors of options are {@link
 * IllegalArgumentException}s, which Spark shows as they are.
 */
public final class SparkErrors {
  private static final String MISSING = "PATH_NOT_FOUND";
  private static final String UNREADABLE = "FAILED_READ_FILE.NO_HINT";
  private static final String UNWRITABLE = "TASK_WRITE_FAILED";

  /** A part of planning, or of the driver's part of a write. */
  @FunctionalInterface
  public interface Planning<T> {
    T run() throws IOException;
  }

  private SparkErrors() {}

  /**
   * Does a part of planning.
   *
   * @param inputs the paths, for the error
   */
  public static <T> T told(Object inputs, Planning<T> planning) {
    return told(inputs, planning, SparkErrors::ofReading);
  }

  /**
   * Does a part of a write.
   *
   * @param directory for the error
   */
  public static <T> T toldOfWriting(Object directory, Planning<T> part) {
    return told(directory, part, cause -> UNWRITABLE);
  }

  private static <T> T told(
      Object path, Planning<T> planning, Function<IOException, String> condition) {
    try {
      return planning.run();
    } catch (IOException e) {
      throw SparkErrors.<RuntimeException>thrown(analysis(path, e, condition.apply(e)));
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw SparkErrors.<RuntimeException>thrown(analysis(path, cause, condition.apply(cause)));
    }
  }

  private static String ofReading(IOException cause) {
    return cause instanceof FileNotFoundException ? MISSING : UNREADABLE;
  }

  /** By the constructor that Spark 4.0 to 4.3 have. */
  private static AnalysisException analysis(Object path, IOException cause, String condition) {
    // Its sentence says all of such an error, and Connect would print the stack of every cause.
    boolean isToldWhole = condition.equals(MISSING) || cause instanceof Worded;
    AnalysisException told =
        new AnalysisException(
            "[" + condition + "] " + sentence(path, cause),
            Option.empty(),
            Option.empty(),
            isToldWhole ? Option.empty() : Option.apply(cause),
            Option.apply(condition),
            new Map.Map1<>("path", path.toString()),
            new QueryContext[0]);
    if (isToldWhole) {
      told.setStackTrace(new StackTraceElement[0]);
    }
    return told;
  }

  /** The message of an unknown host is its name and nothing else. */
  private static String sentence(Object inputs, IOException cause) {
    return cause instanceof UnknownHostException
        ? inputs + ": there is no host " + Printable.name(cause.getMessage())
        : SparkWords.message(cause);
  }

  /** Spark's methods declare none of the exceptions that they may throw. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E thrown(Throwable error) throws E {
    throw (E) error;
  }
}
