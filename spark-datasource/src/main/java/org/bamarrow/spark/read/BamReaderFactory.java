package org.bamarrow.spark.read;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;

/** Creates the readers of a scan on the executors: of batches, or of rows for aggregates. */
final class BamReaderFactory implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  private final ReadPlan plan;
  private final Broadcast<SerializableConfiguration> settings;

  BamReaderFactory(ReadPlan plan, Broadcast<SerializableConfiguration> settings) {
    this.plan = plan;
    this.settings = settings;
  }

  @Override
  public boolean supportColumnarReads(InputPartition partition) {
    return !plan.aggregates();
  }

  @Override
  public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
    return new BamColumnarReader(plan, splits(partition));
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    return new AggregateReader(plan, splits(partition));
  }

  private TaskSplits splits(InputPartition partition) {
    return new TaskSplits(plan, (BamPartition) partition, settings.value().value());
  }
}
