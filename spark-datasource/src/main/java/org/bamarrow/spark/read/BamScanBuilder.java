package org.bamarrow.spark.read;

import java.util.Optional;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.ConvertOptions;
import org.bamarrow.spark.RecordMetadata;
import org.bamarrow.spark.SparkOption;
import org.bamarrow.spark.SparkSchema;
import org.bamarrow.spark.TableFiles;

/** Collects what Spark pushes down into a scan of the records. One thread. */
public final class BamScanBuilder
    implements SupportsPushDownRequiredColumns,
        SupportsPushDownV2Filters,
        SupportsPushDownLimit,
        SupportsPushDownAggregates {
  private final TableFiles files;
  private final StructType table;
  private final ConvertOptions options;
  private final PredicateTranslator translator;
  private final PushedPredicates predicates;
  private StructType wanted;
  private Aggregation aggregation;
  private long mostRows = Long.MAX_VALUE;

  /**
   * @param table all columns
   * @param options what gives them
   */
  public BamScanBuilder(TableFiles files, StructType table, ConvertOptions options) {
    this.files = files;
    this.table = table;
    this.options = options;
    this.wanted = table;
    // The option limit names rows of the table, before whatever a query does with them.
    boolean pushes = options.rows().limit() < 0 && files.options().flag(SparkOption.PUSHDOWN, true);
    translator = pushes ? new PredicateTranslator(options) : null;
    predicates = new PushedPredicates(translator);
  }

  @Override
  public void pruneColumns(StructType required) {
    StructType pruned = new StructType();
    for (StructField field : required.fields()) {
      pruned = pruned.add(isPrunable(field) ? field : table.apply(field.name()));
    }
    wanted = pruned;
  }

  /** Of the tags those that are asked for are decoded; lists of structs only come whole. */
  private static boolean isPrunable(StructField asked) {
    return asked.name().equals(SparkSchema.TAGS)
        || RecordMetadata.ALL.stream().anyMatch(column -> column.name().equals(asked.name()));
  }

  @Override
  public Predicate[] pushPredicates(Predicate[] offered) {
    return translator == null ? offered : predicates.push(offered);
  }

  @Override
  public Predicate[] pushedPredicates() {
    return predicates.exact();
  }

  /** Spark only asks where it has nothing left to filter. */
  @Override
  public boolean pushLimit(int limit) {
    if (translator != null) {
      mostRows = limit;
    }
    return translator != null;
  }

  /** Each task keeps to the limit by itself. */
  @Override
  public boolean isPartiallyPushed() {
    return true;
  }

  @Override
  public boolean pushAggregation(Aggregation asked) {
    boolean pushed = translator != null && aggregated(asked, rows()).isPresent();
    aggregation = pushed ? asked : null;
    return pushed;
  }

  private Optional<ReadPlan> aggregated(Aggregation asked, ReadPlan plan) {
    return PushedAggregates.push(asked, table, translator.operands(), plan);
  }

  private ReadPlan rows() {
    return ReadPlan.of(wanted, options, files.options().readAheadBytes(), files.ignoresMissing())
        .where(predicates.raw())
        .atMost(mostRows);
  }

  @Override
  public Scan build() {
    ReadPlan plan = rows();
    return new BamScan(
        files,
        table,
        aggregation == null ? plan : aggregated(aggregation, plan).orElseThrow(),
        translator);
  }
}
