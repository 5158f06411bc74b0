package org.bamarrow.benchmarks.spark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.datasources.v2.BatchScanExec;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Whole scans of a BAM by Spark, beside the same by the core on as many threads, in one JVM.
 *
 * <p>usage: SparkTasks BAM WARM RUNS TASKS
 */
public final class SparkTasks {
  private final SparkSession spark;
  private final String bam;
  private final int threads;

  private SparkTasks(SparkSession spark, String bam) {
    this.spark = spark;
    this.bam = bam;
    this.threads = spark.sparkContext().defaultParallelism();
  }

  public static void main(String[] arguments) {
    SparkSession spark = SparkSession.builder().getOrCreate();
    SparkTasks tasks = new SparkTasks(spark, arguments[0]);
    CoreTasks core = new CoreTasks(arguments[0], tasks.threads);
    Rounds.of(arguments[1], arguments[2], arguments[3])
        .add("spark load", tasks::load)
        .add("spark count", () -> tasks.sql("select count(*) from bam"))
        .add("core count", core::count)
        .add(
            "spark filter",
            () ->
                tasks.sql("select count(*), sum(mapq) from bam where flag & 4 = 0 and mapq >= 30"))
        .add("core filter", core::filterAndSum)
        .add("spark group", tasks::group)
        .add("core group", core::references)
        .add("spark drain", tasks::drain)
        .add("readers drain", tasks::drainReaders)
        .add("core drain", core::drain)
        .add("spark noop", tasks::noop)
        .run();
    spark.stop();
  }

  private Dataset<Row> read() {
    return spark.read().format("bamarrow").load(bam);
  }

  /** What each of the tasks does first: the file listed, its header read, its tags found. */
  private String load() {
    return read().columns().length + " columns";
  }

  private String sql(String query) {
    read().createOrReplaceTempView("bam");
    Row row = spark.sql(query).head();
    StringBuilder text = new StringBuilder(String.valueOf(row.get(0)));
    for (int i = 1; i < row.size(); i++) {
      text.append(' ').append(row.get(i));
    }
    return text.toString();
  }

  private String group() {
    read().createOrReplaceTempView("bam");
    long rows = 0;
    for (Row one : spark.sql("select rname, count(*) from bam group by rname").collectAsList()) {
      rows += one.getLong(1);
    }
    return String.valueOf(rows);
  }

  /** Every column, as batches of Arrow vectors, by tasks of a job. */
  private String drain() {
    return String.valueOf(
        scan().executeColumnar().toJavaRDD().mapPartitions(SparkTasks::rows).reduce(Long::sum));
  }

  private static Iterator<Long> rows(Iterator<ColumnarBatch> batches) {
    long rows = 0;
    while (batches.hasNext()) {
      rows += batches.next().numRows();
    }
    return List.of(rows).iterator();
  }

  /** The same without a job: what Spark's scheduling takes is the difference. */
  private String drainReaders() throws Exception {
    Batch batch = ((BatchScanExec) scan()).scan().toBatch();
    PartitionReaderFactory factory = batch.createReaderFactory();
    Queue<InputPartition> left =
        new ConcurrentLinkedQueue<>(Arrays.asList(batch.planInputPartitions()));
    Callable<Long> worker =
        () -> {
          long rows = 0;
          InputPartition partition;
          while ((partition = left.poll()) != null) {
            try (PartitionReader<ColumnarBatch> reader = factory.createColumnarReader(partition)) {
              while (reader.next()) {
                rows += reader.get().numRows();
              }
            }
          }
          return rows;
        };
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        running.add(pool.submit(worker));
      }
      long rows = 0;
      for (Future<Long> one : running) {
        rows += one.get();
      }
      return String.valueOf(rows);
    } finally {
      pool.shutdownNow();
    }
  }

  private SparkPlan scan() {
    org.apache.spark.sql.classic.Dataset<Row> all =
        (org.apache.spark.sql.classic.Dataset<Row>) read();
    return all.queryExecution().sparkPlan().collectLeaves().head();
  }

  /** Every column through Spark's rows. */
  private String noop() {
    read().write().format("noop").mode("overwrite").save();
    return "unknown";
  }
}
