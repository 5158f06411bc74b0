package org.bamarrow.spark.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.bamarrow.Conversion;
import org.bamarrow.ConvertOptions;
import org.bamarrow.Progress;
import org.bamarrow.TagOptions;
import org.bamarrow.TagsMode;
import org.bamarrow.bam.RecordFilters;
import org.bamarrow.parts.InputSplit;
import org.bamarrow.parts.PartResult;
import org.bamarrow.parts.PartWaves.Task;
import org.bamarrow.parts.PartsJob;
import org.bamarrow.spark.Packed;
import org.bamarrow.spark.TableFiles;
import org.bamarrow.spark.read.Hosts;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A cluster as the crew of a job: a wave is a Spark job, a part a task. Of several attempts at a
 * task Spark hands on the result of one, the first that ends well; that one counts.
 */
final class ClusterCrew implements PartsJob.Crew {
  private final SparkContext spark;
  private final TableFiles files;
  private final List<InputSplit> splits;
  private final TaskPlan plan;
  private final LongAccumulator bytesRead;
  private final FoundEntries found = new FoundEntries();
  private final RecordFilters filters; // of the driver, which reads no records; null: none
  private final Progress.Watch watch;
  private final TaggedTasks running;

  ClusterCrew(
      SparkContext spark,
      TableFiles files,
      PartsJob job,
      String directory,
      int readAheadBytes,
      Progress progress)
      throws IOException {
    Packed.requireRegistered(spark.conf());
    this.spark = spark;
    this.files = files;
    this.splits = job.splits();
    this.plan =
        new TaskPlan(
            resolved(job.conversion()),
            job.schema().serializeAsMessage(),
            job.names(),
            directory,
            new SerializableConfiguration(files.settings()),
            readAheadBytes);
    this.filters = job.conversion().filters();
    spark.register(found);
    this.bytesRead = spark.longAccumulator("bamarrow: bytes of BAM");
    this.watch = progress.watch(job.conversion().totalBytes(), bytesRead::value);
    this.running = new TaggedTasks(spark, "bamarrow-" + job.names().job());
  }

  /** No task looks for tags or reads to an end that is another's. */
  private static ConvertOptions resolved(Conversion conversion) throws IOException {
    ConvertOptions options = conversion.options();
    TagOptions tags = options.tags();
    if (tags.mode() == TagsMode.NONE) {
      return options;
    }
    return options.with(
        new TagOptions(
            TagsMode.LIST,
            conversion.columns().tagTypes(),
            tags.other(),
            tags.failOnMismatch(),
            tags.failOnDuplicate(),
            tags.projection(),
            tags.caseInsensitive()));
  }

  @Override
  public List<PartResult> write(List<Task> wave) throws IOException {
    List<Tuple2<Packed<PartOrder>, Seq<String>>> tasks = new ArrayList<>();
    for (Task task : wave) {
      InputSplit split = splits.get(task.number());
      FileStatus file = files.statuses().get(split.input());
      PartOrder order = new PartOrder(task, TableFiles.file(file), split);
      tasks.add(new Tuple2<>(new Packed<>(order), hosts(file, split)));
    }
    RDD<Packed<PartOrder>> rdd =
        spark.makeRDD(CollectionConverters.asScala(tasks).toSeq(), anyTag());
    try {
      List<PartResult> results =
          JavaRDD.fromRDD(rdd, rdd.elementClassTag())
              .map(new PartTask(plan, bytesRead, found))
              .collect()
              .stream()
              .map(Packed::value)
              .toList();
      if (filters != null) {
        filters.add(found.value());
      }
      return results;
    } catch (Exception e) { // Scala declares no exceptions
      running.await();
      throw cause(e);
    }
  }

  /** Of whatever class, as all RDDs of Java have it: arrays of others Kryo may not know. */
  @SuppressWarnings("unchecked")
  private static <T> ClassTag<T> anyTag() {
    return (ClassTag<T>) ClassTag$.MODULE$.AnyRef();
  }

  /** The task's own error, which stands below what Spark says about stages. */
  private static IOException cause(Exception error) {
    for (Throwable e = error; e != null; e = e.getCause()) {
      if (e instanceof IOException io) {
        return io;
      }
    }
    if (error instanceof RuntimeException unchecked
        && !(error.getCause() instanceof SparkException)) {
      throw unchecked;
    }
    return new IOException(
        "the Spark job failed: " + error.getMessage().lines().findFirst().orElse(""), error);
  }

  private Seq<String> hosts(FileStatus file, InputSplit split) {
    Hosts hosts = new Hosts(files.settings());
    hosts.add(file, split.split());
    return CollectionConverters.asScala(Arrays.asList(hosts.preferred())).toSeq();
  }

  @Override
  public void close() {
    running.close();
    watch.close();
  }
}
