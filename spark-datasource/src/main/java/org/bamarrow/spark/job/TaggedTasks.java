package org.bamarrow.spark.job;

import java.util.concurrent.TimeUnit;
import org.apache.spark.JobExecutionStatus;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkJobInfo;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.SparkStatusTracker;
import scala.Option;

/**
 * The tasks of the Spark jobs that this thread starts. When a task fails, Spark ends the job while
 * others of its tasks still run: those are told to end and may write until they have.
 */
final class TaggedTasks implements AutoCloseable {
  private static final long MOST_MILLIS = TimeUnit.SECONDS.toMillis(20);
  private static final long STEP_MILLIS = 20;

  private final SparkContext spark;
  private final String tag;

  /**
   * @param tag a name of this job's own, for all Spark jobs of the thread until this is closed
   */
  TaggedTasks(SparkContext spark, String tag) {
    this.spark = spark;
    this.tag = tag;
    spark.addJobTag(tag);
  }

  /** Waits until no task runs any more, but not for ever: a lost executor tells nothing. */
  void await() {
    long end = System.currentTimeMillis() + MOST_MILLIS;
    try {
      while (isRunning() && System.currentTimeMillis() < end) {
        Thread.sleep(STEP_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // what is left then, the clean-up of the next job knows
    }
  }

  /** Once the tracker knows that a job has ended, it knows of all tasks that began before. */
  private boolean isRunning() {
    SparkStatusTracker tracker = spark.statusTracker();
    for (int job : tracker.getJobIdsForTag(tag)) {
      Option<SparkJobInfo> info = tracker.getJobInfo(job);
      if (info.isEmpty()) {
        continue; // so long ago that Spark has forgotten it
      }
      if (info.get().status() == JobExecutionStatus.RUNNING) {
        return true;
      }
      for (int id : info.get().stageIds()) {
        Option<SparkStageInfo> stage = tracker.getStageInfo(id);
        if (stage.isDefined() && stage.get().numActiveTasks() > 0) {
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void close() {
    spark.removeJobTag(tag);
  }
}
