package org.bamarrow.spark.read;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;
import org.bamarrow.spark.schema.HeaderTable;

/**
 * A scan of headers. Tasks read them row by row, so that the headers of ten thousand files fit in
 * memory. Immutable.
 */
record HeaderScan(TableFiles files, HeaderTable table, StructType readSchema)
    implements Scan, Batch {
  @Override
  public String description() {
    return "bamarrow "
        + files
        + " ["
        + table
        + ": "
        + String.join(", ", readSchema.fieldNames())
        + "]";
  }

  @Override
  public Batch toBatch() {
    files.options().requireNoStream();
    return this;
  }

  /** Always throws: the capability is declared only for a clearer message than Spark's. */
  @Override
  public MicroBatchStream toMicroBatchStream(String checkpoint) {
    throw new IllegalArgumentException(
        "a header table cannot be read as a stream, only records: leave out option table, or use"
            + " spark.read");
  }

  @Override
  public InputPartition[] planInputPartitions() {
    return SparkErrors.whenReading(files, () -> new PartitionPlanner(files).planHeaders());
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    Broadcast<SerializableConfiguration> settings = files.settingsForTasks();
    boolean latin1 = files.options().convert().columns().textEncoding() == TextEncoding.LATIN_1;
    boolean arrow = files.holdsArrow();
    boolean ignoreMissing = files.ignoresMissing();
    HeaderTable rows = table;
    StructType columns = readSchema;
    return partition ->
        new HeaderReader(
            rows,
            columns,
            ((BamPartition) partition).splits(),
            arrow,
            latin1,
            ignoreMissing,
            settings.value().value());
  }
}
