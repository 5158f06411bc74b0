package org.bamarrow.benchmarks.spark.peers;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.bamarrow.benchmarks.spark.Rounds;

/** The tasks of a peer whose records are the elements of an RDD. */
final class PeerTasks {
  private PeerTasks() {}

  /** Adds something of every field, so that all are decoded. */
  interface Touch<T> extends Serializable {
    long all(T record);
  }

  /** Opens the file anew, its header included. */
  interface Source<T> {
    JavaRDD<T> open(JavaSparkContext spark, String bam) throws Exception;
  }

  /**
   * @param arguments BAM WARM RUNS TASKS THREADS
   */
  static <T> void run(
      String name, String[] arguments, SparkConf settings, Source<T> source, Touch<T> touch) {
    settings
        .setMaster("local[" + arguments[4] + "]")
        .setAppName(name)
        .set("spark.ui.enabled", "false");
    try (JavaSparkContext spark = new JavaSparkContext(settings)) {
      Rounds.of(arguments[1], arguments[2], arguments[3])
          .add(name + " count", () -> String.valueOf(source.open(spark, arguments[0]).count()))
          .add(name + " pass", () -> pass(source.open(spark, arguments[0]), touch))
          .run();
    }
  }

  private static <T> String pass(JavaRDD<T> records, Touch<T> touch) {
    long[] sums =
        records
            .mapPartitions(part -> List.of(sums(part, touch)).iterator())
            .reduce((a, b) -> new long[] {a[0] + b[0], a[1] + b[1]});
    if (sums[1] == 0) { // read, so that no compiler leaves the touching out
      throw new IllegalStateException("the fields of all records add up to nothing");
    }
    return String.valueOf(sums[0]);
  }

  private static <T> long[] sums(Iterator<T> records, Touch<T> touch) {
    long[] sums = new long[2];
    while (records.hasNext()) {
      sums[0]++;
      sums[1] += touch.all(records.next());
    }
    return sums;
  }

  static long length(Object text) {
    return text == null ? 1 : text.toString().length();
  }
}
