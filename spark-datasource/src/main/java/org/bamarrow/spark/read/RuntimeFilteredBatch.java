package org.bamarrow.spark.read;

import java.util.Arrays;
import java.util.List;
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
 *
 * @param before the batch that Spark planned: it relies on a single partition staying single
 */
record RuntimeFilteredBatch(Batch before, Batch batch, RawPredicate condition, SparkContext context)
    implements Batch {
  @Override
  public InputPartition[] planInputPartitions() {
    JavaSerialized.requireRegistered(context.conf());
    Broadcast<JavaSerialized<RawPredicate>> filter =
        JavaSparkContext.fromSparkContext(context).broadcast(new JavaSerialized<>(condition));
    List<BamPartition> partitions = partitions();
    if (partitions.size() > 1 && before.planInputPartitions().length == 1) {
      partitions = List.of(BamPartition.joined(partitions()));
    }
    return partitions.stream()
        .map(partition -> partition.with(filter))
        .toArray(InputPartition[]::new);
  }

  private List<BamPartition> partitions() {
    return Arrays.stream(batch.planInputPartitions()).map(BamPartition.class::cast).toList();
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return batch.createReaderFactory();
  }
}
