package org.bamarrow.spark.read;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;

/** Readers of the partitions of Arrow files. Immutable. */
record ArrowReaderFactory(ArrowReadPlan plan, Broadcast<SerializableConfiguration> settings)
    implements PartitionReaderFactory {
  private static final long serialVersionUID = 1L;

  @Override
  public boolean supportColumnarReads(InputPartition partition) {
    return plan.aggregates() == null;
  }

  @Override
  public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
    BamPartition some = (BamPartition) partition;
    return new ArrowPartitionReader(plan.where(some.condition()), some.splits(), configuration());
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    return new ArrowAggregateReader(plan, ((BamPartition) partition).splits(), configuration());
  }

  private Configuration configuration() {
    return settings.value().value();
  }
}
