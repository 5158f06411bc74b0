package org.bamarrow.spark.read;

import java.io.Serializable;
import java.util.Arrays;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;

/** Builds a scan of Arrow files, with pruning of columns and files. For one thread. */
public final class ArrowScanBuilder
    implements SupportsPushDownRequiredColumns, SupportsPushDownV2Filters {
  private final TableFiles files;
  private final StructType table;
  private final FileFilter fileFilter;
  private StructType wanted;

  public ArrowScanBuilder(TableFiles files, StructType table) {
    this.files = files;
    this.table = table;
    this.wanted = table;
    this.fileFilter = new FileFilter(files, table);
  }

  @Override
  public Predicate[] pushPredicates(Predicate[] offered) {
    return fileFilter.push(offered);
  }

  @Override
  public Predicate[] pushedPredicates() {
    return fileFilter.exact().toArray(Predicate[]::new);
  }

  /** Prunes top-level columns only, and fields of the metadata column. */
  @Override
  public void pruneColumns(StructType required) {
    wanted = new StructType();
    for (StructField field : required.fields()) {
      boolean metadata = !Arrays.asList(table.fieldNames()).contains(field.name());
      wanted = wanted.add(metadata ? field : table.apply(field.name()));
    }
  }

  @Override
  public Scan build() {
    TableFiles kept = fileFilter.kept();
    ArrowScan scan =
        new ArrowScan(
            kept,
            SplitConstants.of(wanted, table, files),
            fileFilter.text(kept),
            files.options().readAheadBytes());
    return files.partitionColumns().isEmpty()
        ? scan
        : new RuntimeFilteredScan(scan, kept, fileFilter, scan::of);
  }

  /** Immutable; equal to another of the same table and columns. */
  private record ArrowScan(
      TableFiles files, SplitConstants columns, String filters, int readAheadBytes)
      implements Scan, Batch, SupportsReportStatistics {
    /** The same of some of the files. */
    ArrowScan of(TableFiles some) {
      return new ArrowScan(some, columns, filters, readAheadBytes);
    }

    @Override
    public StructType readSchema() {
      return columns.schema();
    }

    @Override
    public String description() {
      return "Arrow" + filters + ", inputs: " + files;
    }

    @Override
    public ColumnarSupportMode columnarSupportMode() {
      return ColumnarSupportMode.SUPPORTED;
    }

    @Override
    public Statistics estimateStatistics() {
      OptionalLong bytes = OptionalLong.of(files.bytes());
      OptionalLong rows = files.rows();
      return new Statistics() {
        @Override
        public OptionalLong sizeInBytes() {
          return bytes;
        }

        @Override
        public OptionalLong numRows() {
          return rows;
        }
      };
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    /** Always throws: the capability is declared only for a clearer message than Spark's. */
    @Override
    public MicroBatchStream toMicroBatchStream(String checkpoint) {
      throw new IllegalArgumentException(
          files + " holds Arrow data; only BAMs can be read as a stream: use spark.read");
    }

    @Override
    public InputPartition[] planInputPartitions() {
      return SparkErrors.whenReading(files, () -> new PartitionPlanner(files).planArrow());
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return new Readers(columns, new SerializableConfiguration(files.settings()), readAheadBytes);
    }
  }

  private record Readers(
      SplitConstants columns, SerializableConfiguration settings, int readAheadBytes)
      implements PartitionReaderFactory, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean supportColumnarReads(InputPartition partition) {
      return true;
    }

    @Override
    public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
      return new ArrowPartitionReader(
          columns, ((BamPartition) partition).splits(), settings.value(), readAheadBytes);
    }

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      throw new UnsupportedOperationException("rows come in columnar batches only");
    }
  }
}
