package org.bamarrow.spark.read;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.pushdown.PredicateTranslator;
import org.bamarrow.spark.pushdown.PushedPredicates;
import org.bamarrow.spark.schema.Columns;
import org.bamarrow.spark.schema.SparkSchema;

/** The filters that the other side of a join gives to a scan at run time. */
final class RuntimeFilters {
  /** Columns that are used in joins. */
  private static final Set<String> JOINED = Set.of("rname", "qname", SparkSchema.TAGS);

  /** A longer list costs more than it saves. */
  private static final int MAX_VALUES = 1_000_000;

  private RuntimeFilters() {}

  /**
   * The columns of a scan that accept them. For nested fields, Spark expects the top-level column
   * here; the filter names the field.
   *
   * @param translator null: only partition columns
   */
  static NamedReference[] attributes(
      StructType columns, TableFiles files, PredicateTranslator translator) {
    return Arrays.stream(columns.fieldNames())
        .filter(
            name ->
                translator != null && JOINED.contains(name) || files.partitionColumn(name) != null)
        .map(Columns::reference)
        .toArray(NamedReference[]::new);
  }

  /** The condition for rows; {@link RawPredicate#TRUE} if there is none. */
  static RawPredicate rows(List<Predicate> filters, PredicateTranslator translator) {
    List<RawPredicate> conditions =
        filters.stream()
            .filter(filter -> translator != null && filter.children().length <= MAX_VALUES)
            .flatMap(filter -> translator.implied(filter).stream())
            .toList();
    return conditions.isEmpty() ? RawPredicate.TRUE : PushedPredicates.all(conditions);
  }
}
