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
 * others of its tasks still run: those are interrupted, and may write until they end.
 */
final class TaggedTasks implements AutoCloseable {
  private static final long MAX_WAIT_MILLIS = TimeUnit.SECONDS.toMillis(20);
  private static final long POLL_MILLIS = 20;

  private final SparkContext spark;
  private final String tag;

  /**
   * @param tag unique to this job; all Spark jobs of the thread have it until this is closed
   */
  TaggedTasks(SparkContext spark, String tag) {
    this.spark = spark;
    this.tag = tag;
    spark.addJobTag(tag);
  }

  /** Waits until no task is running, at most 20 s, because a lost executor reports nothing. */
  void await() {
    long end = System.currentTimeMillis() + MAX_WAIT_MILLIS;
    try {
      while (!spark.isStopped() && isRunning() && System.currentTimeMillis() < end) {
        Thread.sleep(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next job deletes the orphan files
    }
  }

  /** When the tracker reports the end of a job, it has seen all tasks that started before. */
  private boolean isRunning() {
    SparkStatusTracker tracker = spark.statusTracker();
    for (int job : tracker.getJobIdsForTag(tag)) {
      Option<SparkJobInfo> info = tracker.getJobInfo(job);
      if (info.isEmpty()) {
        continue; // Spark no longer has old jobs
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
