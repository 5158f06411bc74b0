package org.bamarrow.spark.read;

import java.util.OptionalLong;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.bamarrow.spark.TableFiles;

/** One scan of the records. Immutable; equal to another of the same table and plan. */
record BamScan(TableFiles files, ReadPlan plan) implements Scan, Batch, SupportsReportStatistics {
  @Override
  public StructType readSchema() {
    return plan.schema();
  }

  @Override
  public String description() {
    return "splitting: " + files.options().splitting() + ", inputs: " + files;
  }

  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return ColumnarSupportMode.SUPPORTED;
  }

  @Override
  public Statistics estimateStatistics() {
    long bytes = files.bytes();
    return new Statistics() {
      @Override
      public OptionalLong sizeInBytes() {
        return OptionalLong.of(bytes);
      }

      @Override
      public OptionalLong numRows() {
        return OptionalLong.empty();
      }
    };
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    return new PartitionPlanner(files).plan();
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new BamReaderFactory(plan, new SerializableConfiguration(files.settings()));
  }
}
