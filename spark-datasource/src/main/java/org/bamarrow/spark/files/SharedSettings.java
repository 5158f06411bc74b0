package org.bamarrow.spark.files;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The Hadoop configuration of a table as a broadcast of all its scans: it has thousands of
 * properties, which took more time than the rows of a small query when they came with each scan or
 * task. Spark removes the broadcast when the table is no longer referenced. Thread-safe.
 */
final class SharedSettings {
  private final Configuration settings;
  private final SparkContext context;
  private Broadcast<SerializableConfiguration> broadcast;

  SharedSettings(Configuration settings, SparkContext context) {
    this.settings = settings;
    this.context = context;
  }

  /** The same object each time. */
  synchronized Broadcast<SerializableConfiguration> broadcast() {
    if (broadcast == null) {
      broadcast =
          JavaSparkContext.fromSparkContext(context)
              .broadcast(new SerializableConfiguration(settings));
    }
    return broadcast;
  }
}
