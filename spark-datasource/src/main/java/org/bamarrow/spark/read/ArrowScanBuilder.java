package org.bamarrow.spark.read;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
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
import org.bamarrow.spark.pushdown.PredicateTranslator;
import org.bamarrow.spark.pushdown.PushedAggregates;
import org.bamarrow.spark.pushdown.PushedPredicates;

/** Collects what Spark pushes down into a scan of Arrow files. For one thread. */
public final class ArrowScanBuilder
    implements SupportsPushDownRequiredColumns,
        SupportsPushDownV2Filters,
        SupportsPushDownLimit,
        SupportsPushDownAggregates {
  private final TableFiles files;
  private final StructType table;
  private final FileFilter fileFilter;

  private final PredicateTranslator translator;

  /** The conditions for rows; null if nothing but columns may be pushed down. */
  private final PushedPredicates predicates;

  private StructType wanted;
  private long maxRows = Long.MAX_VALUE;
  private StructType count;
  private PushedAggregates.Pushed aggregates;

  public ArrowScanBuilder(TableFiles files, StructType table) {
    this.files = files;
    this.table = table;
    this.wanted = table;
    this.fileFilter = new FileFilter(files, table);
    List<String> partitions = List.of(files.partitionColumns().fieldNames());
    this.translator = ArrowColumns.translator(table, partitions, files.isCaseSensitive());
    this.predicates =
        files.options().flag(SparkOption.PUSHDOWN, true) ? new PushedPredicates(translator) : null;
  }

  @Override
  public Predicate[] pushPredicates(Predicate[] offered) {
    Predicate[] forRows = fileFilter.push(offered);
    return predicates == null ? forRows : predicates.push(forRows);
  }

  @Override
  public Predicate[] pushedPredicates() {
    return Stream.concat(
            fileFilter.exact().stream(),
            predicates == null ? Stream.empty() : Arrays.stream(predicates.exact()))
        .toArray(Predicate[]::new);
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

  /** Spark has no filters of its own left. */
  @Override
  public boolean pushAggregation(Aggregation offered) {
    if (supportCompletePushDown(offered)) {
      count = new StructType();
      for (int i = 0; i < offered.aggregateExpressions().length; i++) {
        count = count.add("count" + i, DataTypes.LongType, false);
      }
      return true;
    }
    Optional<PushedAggregates.Pushed> pushed =
        predicates == null
            ? Optional.empty()
            : PushedAggregates.push(offered, table, translator.operands());
    aggregates = pushed.orElse(null);
    return aggregates != null;
  }

  /** Whether the aggregates are {@code count(*)} of all rows of files with a manifest. */
  @Override
  public boolean supportCompletePushDown(Aggregation offered) {
    return predicates != null
        && predicates.raw().equals(RawPredicate.TRUE)
        && offered.groupByExpressions().length == 0
        && Arrays.stream(offered.aggregateExpressions()).allMatch(CountStar.class::isInstance)
        && fileFilter.kept().rows().isPresent();
  }

  @Override
  public Scan build() {
    TableFiles kept = fileFilter.kept();
    if (count != null) {
      Object[] counts = new Object[count.size()];
      Arrays.fill(counts, kept.rows().getAsLong());
      return new AnsweredScan(
          count,
          List.of(new GenericInternalRow(counts)),
          "Arrow, rows counted by the manifest, inputs: " + kept);
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
                files.options().readAheadBytes(),
                aggregates),
            fileFilter.text(kept),
            new LeftOut());
    if (aggregates == null) {
      return new RuntimeFilteredScan(
          scan, kept, fileFilter, predicates == null ? null : translator, scan::of);
    }
    List<InternalRow> answer = DriverAnswers.rows(kept, scan.plan());
    return answer == null
        ? scan
        : new AnsweredScan(
            scan.readSchema(), answer, scan.description() + ", answered by statistics");
  }
}
