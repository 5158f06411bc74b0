package org.bamarrow.spark.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagsMode;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.filter.RecordFilters;
import org.bamarrow.internal.parts.PartExecutor;
import org.bamarrow.internal.parts.PartInput;
import org.bamarrow.internal.parts.PartResult;
import org.bamarrow.internal.parts.PartWaves.Task;
import org.bamarrow.internal.parts.PartsJob;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.spark.compat.SparkMethods;
import org.bamarrow.spark.files.Hosts;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.serializer.JavaSerialized;
import org.bamarrow.spark.serializer.SerializedSchema;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Writes parts on a cluster: a wave is a Spark job, a part is a task. Of several attempts at a
 * task, Spark returns the result of the first that succeeds; that one counts.
 */
final class SparkPartExecutor implements PartExecutor {
  private final SparkContext spark;
  private final TableFiles files;
  private final List<PartInput> partInputs;
  private final TaskPlan plan;
  private final LongAccumulator bytesRead;
  private final FoundEntries found = new FoundEntries();
  private final RecordFilters filters; // those of the driver, which reads no records; null: none
  private final Progress.Watch watch;
  private final TaggedTasks running;

  SparkPartExecutor(
      SparkContext spark,
      TableFiles files,
      PartsJob job,
      String directory,
      int readAheadBytes,
      Progress progress)
      throws IOException {
    JavaSerialized.requireRegistered(spark.conf());
    this.spark = spark;
    this.files = files;
    this.partInputs = job.partInputs();
    this.plan =
        new TaskPlan(
            resolved(job.conversion()),
            SerializedSchema.of(job.schema()),
            job.names(),
            directory,
            new SerializableConfiguration(files.settings()),
            readAheadBytes);
    this.filters = job.conversion().filters();
    spark.register(found);
    this.bytesRead = spark.longAccumulator("bamarrow: BAM bytes read");
    this.watch = progress.watch(job.conversion().totalBytes(), bytesRead::value);
    this.running = new TaggedTasks(spark, "bamarrow-" + job.names().job());
  }

  /** The options for tasks: the tags are listed, so that no task has to discover them. */
  private static ConvertOptions resolved(Conversion conversion) throws IOException {
    ConvertOptions options = conversion.options();
    TagOptions tags = options.tags();
    if (tags.mode() == TagsMode.NONE) {
      return options;
    }
    return options.withTags(tags.withListed(conversion.columns().tagTypes()));
  }

  @Override
  public List<PartResult> write(List<Task> wave) throws IOException {
    List<Tuple2<JavaSerialized<PartAssignment>, Seq<String>>> tasks = new ArrayList<>();
    for (Task task : wave) {
      PartInput input = partInputs.get(task.number());
      FileStatus file = files.statuses().get(input.input());
      PartAssignment assignment = new PartAssignment(task, TableFiles.file(file), input);
      tasks.add(new Tuple2<>(new JavaSerialized<>(assignment), hosts(file, input.split())));
    }
    RDD<JavaSerialized<PartAssignment>> rdd = SparkMethods.rdd(spark, tasks, anyTag());
    try {
      List<PartResult> results =
          JavaRDD.fromRDD(rdd, rdd.elementClassTag())
              .map(new PartTask(plan, bytesRead, found))
              .collect()
              .stream()
              .map(JavaSerialized::value)
              .toList();
      if (filters != null) {
        filters.add(found.value());
      }
      return results;
    } catch (Exception e) { // Scala methods declare no checked exceptions
      running.await();
      throw cause(e);
    }
  }

  /**
   * A tag for any class, as in all RDDs made from Java: Kryo may not know arrays of other classes.
   */
  @SuppressWarnings("unchecked")
  private static <T> ClassTag<T> anyTag() {
    return (ClassTag<T>) ClassTag$.MODULE$.AnyRef();
  }

  /** The error of the task itself, which is the cause of Spark's error about the stage. */
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

  private Seq<String> hosts(FileStatus file, BamSplit split) {
    Hosts hosts = new Hosts(files.settings());
    hosts.add(file, split);
    return SparkMethods.seq(List.of(hosts.preferred()));
  }

  @Override
  public void close() {
    running.close();
    watch.close();
  }
}
