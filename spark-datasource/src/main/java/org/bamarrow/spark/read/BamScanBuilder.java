package org.bamarrow.spark.read;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.connector.expressions.aggregate.Aggregation;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.SupportsPushDownAggregates;
import org.apache.spark.sql.connector.read.SupportsPushDownLimit;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsPushDownV2Filters;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkOption;
import org.bamarrow.spark.pushdown.PredicateTranslator;
import org.bamarrow.spark.pushdown.PushedAggregates;
import org.bamarrow.spark.pushdown.PushedPredicates;
import org.bamarrow.spark.schema.RecordMetadata;
import org.bamarrow.spark.schema.SparkSchema;

/**
 * Collects what Spark pushes down into a scan of the records. For one thread.
 *
 * <p>Options that reject tags ({@link TagOptions#canFail}) apply to every record of the table. For
 * a query that reads tags, only columns are pushed down then, so that no condition, aggregate,
 * index or limit removes a record before its tags have been checked. Spark offers predicates before
 * it prunes columns. Therefore Spark evaluates all of them, and the scan uses them only if no tag
 * is read.
 */
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
  private final FileFilter fileFilter;
  private final boolean tagsCanFail;
  private StructType wanted;
  private Aggregation aggregation;
  private long maxRows = Long.MAX_VALUE;

  /**
   * @param table all columns
   * @param options the options that produce them
   */
  public BamScanBuilder(TableFiles files, StructType table, ConvertOptions options) {
    this.files = files;
    this.table = table;
    this.options = options;
    this.wanted = table;
    // The option limit applies to the rows of the table, before the query.
    boolean pushes = options.rows().limit() < 0 && files.options().flag(SparkOption.PUSHDOWN, true);
    List<String> partitions = List.of(files.partitionColumns().fieldNames());
    translator = pushes ? new PredicateTranslator(options, partitions) : null;
    fileFilter = new FileFilter(files, table);
    predicates = new PushedPredicates(translator);
    tagsCanFail = options.tags().canFail();
  }

  @Override
  public void pruneColumns(StructType required) {
    StructType pruned = new StructType();
    for (StructField field : required.fields()) {
      pruned = pruned.add(isPrunable(field) ? field : table.apply(field.name()));
    }
    wanted = pruned;
  }

  /** Only the requested tags are decoded; lists of structs cannot be pruned. */
  private static boolean isPrunable(StructField offered) {
    return offered.name().equals(SparkSchema.TAGS)
        || RecordMetadata.ALL.stream().anyMatch(column -> column.name().equals(offered.name()));
  }

  @Override
  public Predicate[] pushPredicates(Predicate[] offered) {
    if (translator == null) {
      return offered;
    }
    Predicate[] forRows = fileFilter.push(offered);
    if (tagsCanFail) {
      predicates.imply(forRows);
      return offered;
    }
    return predicates.push(forRows);
  }

  @Override
  public Predicate[] pushedPredicates() {
    return Stream.concat(
            fileFilter.exact().stream().filter(predicate -> !tagsCanFail),
            Arrays.stream(predicates.exact()))
        .toArray(Predicate[]::new);
  }

  /** Spark calls this only if it has no filters of its own left. */
  @Override
  public boolean pushLimit(int limit) {
    if (translator != null) {
      maxRows = limit;
    }
    return translator != null;
  }

  /** The limit applies to each task, so Spark has to apply it to all of them. */
  @Override
  public boolean isPartiallyPushed() {
    return true;
  }

  @Override
  public boolean pushAggregation(Aggregation offered) {
    boolean pushed =
        translator != null
            && !(tagsCanFail && namesTags(offered))
            && aggregated(offered, rows()).isPresent();
    aggregation = pushed ? offered : null;
    return pushed;
  }

  private static boolean namesTags(Aggregation offered) {
    return Stream.concat(
            Arrays.stream(offered.aggregateExpressions()),
            Arrays.stream(offered.groupByExpressions()))
        .flatMap(expression -> Arrays.stream(expression.references()))
        .anyMatch(reference -> isTags(reference.fieldNames()[0]));
  }

  private static boolean isTags(String column) {
    return column.equals(SparkSchema.TAGS) || column.equals(SparkSchema.OTHER_TAGS);
  }

  private Optional<ReadPlan> aggregated(Aggregation offered, ReadPlan plan) {
    return PushedAggregates.push(offered, table, translator.operands())
        .map(pushed -> plan.aggregated(pushed.aggregation(), pushed.columns()));
  }

  private ReadPlan everything() {
    return ReadPlan.of(
        SplitConstants.of(wanted, table, files),
        options,
        files.options().readAheadBytes(),
        files.ignoresMissing());
  }

  private ReadPlan rows() {
    return everything().where(predicates.raw()).withMaxRows(maxRows);
  }

  @Override
  public Scan build() {
    if (aggregation != null) {
      ReadPlan plan = aggregated(aggregation, rows()).orElseThrow();
      return new BamScan(fileFilter, fileFilter.kept(), table, plan, translator);
    }
    boolean readsTags = Arrays.stream(wanted.fieldNames()).anyMatch(BamScanBuilder::isTags);
    return tagsCanFail && readsTags
        ? new BamScan(new FileFilter(files, table), files, table, everything(), null)
        : new BamScan(fileFilter, fileFilter.kept(), table, rows(), translator);
  }
}
