package org.bamarrow.spark.stream;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;

/** A stream in a JVM of its own: what is in a folder, a file per batch, into Parquet files. */
public final class StreamApp {
  private StreamApp() {}

  /**
   * @param arguments the folder of BAMs, the checkpoint, the folder of Parquet files, the path
   *     where the stream hangs as a regular expression, and the mark that it leaves then
   */
  public static void main(String[] arguments) throws Exception {
    SparkSession session =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", false)
            .config("spark.hadoop.fs.trouble.impl", HangingFileSystem.class.getName())
            .config("spark.hadoop." + HangingFileSystem.AT, arguments[3])
            .config("spark.hadoop." + HangingFileSystem.MARK, arguments[4])
            .getOrCreate();
    run(session, arguments[0], "trouble:" + arguments[1], arguments[2]);
    session.stop();
  }

  /** Writes what has arrived, a file per batch. */
  static void run(SparkSession session, String folder, String checkpoint, String out)
      throws Exception {
    session
        .readStream()
        .format("bamarrow")
        .option("maxFilesPerTrigger", "1")
        .load(folder)
        .select("qname", "pos", "tags")
        .writeStream()
        .format("parquet")
        .option("checkpointLocation", checkpoint)
        .trigger(Trigger.AvailableNow())
        .start(out)
        .awaitTermination();
  }
}
