package org.bamarrow.spark.read;

import java.util.Arrays;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.serializer.JavaSerialized;

/**
 * A batch with a condition that became known at run time. The partitions carry it, because Spark
 * creates the readers by the factory of the batch that it planned before.
 */
record RuntimeFilteredBatch(Batch batch, RawPredicate condition, SparkContext context)
    implements Batch {
  @Override
  public InputPartition[] planInputPartitions() {
    JavaSerialized.requireRegistered(context.conf());
    Broadcast<JavaSerialized<RawPredicate>> filter =
        JavaSparkContext.fromSparkContext(context).broadcast(new JavaSerialized<>(condition));
    return Arrays.stream(batch.planInputPartitions())
        .map(partition -> ((BamPartition) partition).with(filter))
        .toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return batch.createReaderFactory();
  }
}
