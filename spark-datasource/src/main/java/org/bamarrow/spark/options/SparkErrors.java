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
 * Turns errors on the driver, when a query cannot be planned or a write cannot begin or be
 * committed, into Spark's. An {@link AnalysisException} is one line in PySpark, and its condition
 * names the kind of error. Errors of options stay {@link IllegalArgumentException}s, which Spark
 * shows as they are.
 */
public final class SparkErrors {
  private static final String MISSING = "PATH_NOT_FOUND";
  private static final String UNREADABLE = "FAILED_READ_FILE.NO_HINT";
  private static final String UNWRITABLE = "TASK_WRITE_FAILED";
  private static final String NO_TABLE = "TABLE_OR_VIEW_NOT_FOUND";
  private static final String PRESENT = "PATH_ALREADY_EXISTS";

  /** A step on the driver, of planning or of a write. */
  @FunctionalInterface
  public interface DriverStep<T> {
    T run() throws IOException;
  }

  private SparkErrors() {}

  /**
   * Runs a step of planning a scan.
   *
   * @param inputs the paths, for the message
   */
  public static <T> T whenReading(Object inputs, DriverStep<T> step) {
    return run(inputs, step, SparkErrors::readCondition);
  }

  /**
   * Runs a step of loading a table of a catalog: missing files are a missing table.
   *
   * @param inputs the paths, for the message
   */
  public static <T> T whenLoading(Object inputs, DriverStep<T> step) {
    return run(
        inputs, step, cause -> cause instanceof FileNotFoundException ? NO_TABLE : UNREADABLE);
  }

  /**
   * Runs a step of a write.
   *
   * @param directory for the message
   */
  public static <T> T whenWriting(Object directory, DriverStep<T> step) {
    return run(directory, step, cause -> UNWRITABLE);
  }

  /**
   * The error of the save mode {@code error} for a directory that holds data, with the condition of
   * Spark's own file sources.
   */
  public static RuntimeException alreadyExists(String directory) {
    throw SparkErrors.<RuntimeException>thrown(
        complete(
            directory,
            directory
                + ": already exists; the mode overwrite replaces its rows, append adds to them",
            PRESENT));
  }

  private static <T> T run(
      Object path, DriverStep<T> step, Function<IOException, String> condition) {
    try {
      return step.run();
    } catch (IOException e) {
      throw SparkErrors.<RuntimeException>thrown(analysis(path, e, condition.apply(e)));
    } catch (UncheckedIOException e) {
      IOException cause = e.getCause();
      throw SparkErrors.<RuntimeException>thrown(analysis(path, cause, condition.apply(cause)));
    } catch (RuntimeException e) {
      throw SparkWords.in(e);
    }
  }

  private static String readCondition(IOException cause) {
    return cause instanceof FileNotFoundException ? MISSING : UNREADABLE;
  }

  private static AnalysisException analysis(Object path, IOException cause, String condition) {
    return condition.equals(MISSING) || condition.equals(NO_TABLE) || cause instanceof Worded
        ? complete(path, sentence(path, cause), condition)
        : analysis(path, sentence(path, cause), cause, condition);
  }

  /** An error whose message says all; Connect would print the stack trace of every cause. */
  private static AnalysisException complete(Object path, String sentence, String condition) {
    AnalysisException error = analysis(path, sentence, null, condition);
    error.setStackTrace(new StackTraceElement[0]);
    return error;
  }

  /** Uses the constructor that exists in Spark 3.5 to 4.3. */
  private static AnalysisException analysis(
      Object path, String sentence, Throwable cause, String condition) {
    return new AnalysisException(
        "[" + condition + "] " + sentence,
        Option.empty(),
        Option.empty(),
        Option.apply(cause),
        Option.apply(condition),
        new Map.Map1<>("path", path.toString()),
        new QueryContext[0]);
  }

  /** The message of an {@link UnknownHostException} is the host name alone. */
  private static String sentence(Object inputs, IOException cause) {
    return cause instanceof UnknownHostException
        ? inputs + ": unknown host " + Printable.name(cause.getMessage())
        : SparkWords.message(cause);
  }

  /** Spark's methods declare no checked exceptions, but may throw them. */
  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E thrown(Throwable error) throws E {
    throw (E) error;
  }
}
