package org.bamarrow.spark.read;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.util.SerializableConfiguration;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;
import org.bamarrow.spark.options.SparkOption;
import org.bamarrow.spark.pushdown.ArrowColumns;
import org.bamarrow.spark.pushdown.PredicateText;
import org.bamarrow.spark.pushdown.PushedPredicates;

/**
 * Builds a scan of Arrow files, with pruning of columns, of files, and of record batches by their
 * statistics. Conditions on rows are left to Spark. For one thread.
 */
public final class ArrowScanBuilder
    implements SupportsPushDownRequiredColumns,
        SupportsPushDownV2Filters,
        SupportsPushDownLimit,
        SupportsPushDownAggregates {
  private final TableFiles files;
  private final StructType table;
  private final FileFilter fileFilter;

  /** The conditions by which record batches are left out; null if none may be. */
  private final PushedPredicates predicates;

  private StructType wanted;
  private long maxRows = Long.MAX_VALUE;
  private StructType count;

  public ArrowScanBuilder(TableFiles files, StructType table) {
    this.files = files;
    this.table = table;
    this.wanted = table;
    this.fileFilter = new FileFilter(files, table);
    List<String> partitions = List.of(files.partitionColumns().fieldNames());
    this.predicates =
        files.options().flag(SparkOption.PUSHDOWN, true)
            ? new PushedPredicates(
                ArrowColumns.translator(table, partitions, files.isCaseSensitive()))
            : null;
  }

  @Override
  public Predicate[] pushPredicates(Predicate[] offered) {
    Predicate[] forRows = fileFilter.push(offered);
    return predicates == null ? forRows : predicates.imply(forRows);
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

  /** Spark calls this only if it has no filters of its own left. */
  @Override
  public boolean pushLimit(int limit) {
    if (predicates != null) {
      maxRows = limit;
    }
    return predicates != null;
  }

  /** The limit applies to each task, so Spark has to apply it to all of them. */
  @Override
  public boolean isPartiallyPushed() {
    return true;
  }

  /** Accepts {@code count(*)} of files with a manifest; Spark has no filters of its own left. */
  @Override
  public boolean pushAggregation(Aggregation offered) {
    boolean counts =
        predicates != null
            && offered.groupByExpressions().length == 0
            && Arrays.stream(offered.aggregateExpressions()).allMatch(CountStar.class::isInstance)
            && fileFilter.kept().rows().isPresent();
    if (counts) {
      count = new StructType();
      for (int i = 0; i < offered.aggregateExpressions().length; i++) {
        count = count.add("count" + i, DataTypes.LongType, false);
      }
    }
    return counts;
  }

  @Override
  public boolean supportCompletePushDown(Aggregation offered) {
    return true;
  }

  @Override
  public Scan build() {
    TableFiles kept = fileFilter.kept();
    if (count != null) {
      return new CountScan(count, kept.rows().getAsLong(), kept.toString());
    }
    ArrowScan scan =
        new ArrowScan(
            kept,
            SplitConstants.of(wanted, table, files),
            predicates == null ? RawPredicate.TRUE : predicates.raw(),
            maxRows,
            fileFilter.text(kept),
            files.options().readAheadBytes());
    return files.partitionColumns().isEmpty()
        ? scan
        : new RuntimeFilteredScan(scan, kept, fileFilter, scan::of);
  }

  /** Immutable; equal to another of the same table and columns. */
  private record ArrowScan(
      TableFiles files,
      SplitConstants columns,
      RawPredicate filter,
      long maxRows,
      String filters,
      int readAheadBytes)
      implements Scan, Batch, SupportsReportStatistics {
    /** The same of some of the files. */
    ArrowScan of(TableFiles some) {
      return new ArrowScan(some, columns, filter, maxRows, filters, readAheadBytes);
    }

    @Override
    public StructType readSchema() {
      return columns.schema();
    }

    @Override
    public String description() {
      StringBuilder text = new StringBuilder("Arrow");
      if (!filter.equals(RawPredicate.TRUE)) {
        text.append(", BatchFilters: [").append(PredicateText.of(filter)).append(']');
      }
      text.append(filters);
      if (maxRows != Long.MAX_VALUE) {
        text.append(", PushedLimit: ").append(maxRows);
      }
      return text.append(", inputs: ").append(files).toString();
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
    public CustomMetric[] supportedCustomMetrics() {
      return ReadMetric.ofArrow();
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
      return new Readers(
          columns,
          filter,
          maxRows,
          new SerializableConfiguration(files.settings()),
          readAheadBytes);
    }
  }

  private record Readers(
      SplitConstants columns,
      RawPredicate filter,
      long maxRows,
      SerializableConfiguration settings,
      int readAheadBytes)
      implements PartitionReaderFactory, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public boolean supportColumnarReads(InputPartition partition) {
      return true;
    }

    @Override
    public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
      return new ArrowPartitionReader(
          columns,
          filter,
          maxRows,
          ((BamPartition) partition).splits(),
          settings.value(),
          readAheadBytes);
    }

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      throw new UnsupportedOperationException("rows come in columnar batches only");
    }
  }
}
