package org.bamarrow.spark.read;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.aggregate.CountStar;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkOption;
import org.bamarrow.spark.pushdown.ArrowColumns;
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

  /** Prunes columns and fields of structs that are not in lists or maps. */
  @Override
  public void pruneColumns(StructType required) {
    wanted = new StructType();
    for (StructField field : required.fields()) {
      boolean metadata = !Arrays.asList(table.fieldNames()).contains(field.name());
      wanted = wanted.add(metadata ? field : pruned(table.apply(field.name()), field));
    }
  }

  private static StructField pruned(StructField own, StructField required) {
    DataType type = StructFields.pruned(own.dataType(), required.dataType());
    return new StructField(own.name(), type, own.nullable(), own.metadata());
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
    SplitConstants columns = SplitConstants.of(wanted, table, files);
    for (String column : columns.ofRecords()) {
      files
          .arrowSchemas()
          .forEach(each -> RecordColumns.stored(column, each.schema(), each.name()));
    }
    ArrowScan scan =
        new ArrowScan(
            kept,
            new ArrowReadPlan(
                columns,
                predicates == null ? RawPredicate.TRUE : predicates.raw(),
                maxRows,
                files.options().readAheadBytes()),
            fileFilter.text(kept));
    return files.partitionColumns().isEmpty()
        ? scan
        : new RuntimeFilteredScan(scan, kept, fileFilter, scan::of);
  }
}
