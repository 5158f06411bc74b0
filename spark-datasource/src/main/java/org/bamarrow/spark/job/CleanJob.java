package org.bamarrow.spark.job;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.bamarrow.cli.CleanCommand;
import org.bamarrow.cli.Main;
import org.bamarrow.parts.PartStore;
import org.bamarrow.spark.files.HadoopPartStore;
import picocli.CommandLine.Command;

/**
 * {@code spark-submit --class org.bamarrow.spark.job.CleanJob bamarrow-spark.jar OUT/}: the command
 * line's {@code clean}, on any Hadoop file system. It starts no Spark session, because there is no
 * work for executors; it uses the settings and the file systems of {@code spark-submit}.
 */
public final class CleanJob {
  private CleanJob() {}

  /** Exits the JVM only on failure, as {@link ConvertJob#main} does. */
  public static void main(String[] args) {
    int code = run(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  /**
   * As {@link #main}.
   *
   * @return the exit code, as the command line's
   */
  static int run(String... args) {
    String[] words = Stream.concat(Stream.of("clean"), Arrays.stream(args)).toArray(String[]::new);
    return Main.execute(new RemoteClean(), words);
  }

  @Command(
      name = "clean",
      footer = {
        "",
        "Examples, each after: spark-submit --class org.bamarrow.spark.job.CleanJob"
            + " bamarrow-spark.jar",
        "  hdfs:///arrow/run7/",
        "  --older-than 0 s3a://bucket/run7/          no conversion into it is running"
      })
  private static final class RemoteClean extends CleanCommand {
    @Override
    protected PartStore open(String directory) throws IOException {
      HadoopPartStore store =
          new HadoopPartStore(directory, SparkHadoopUtil.get().newConfiguration(new SparkConf()));
      store.requireFolder();
      return store;
    }
  }
}
