package org.bamarrow.spark.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.TagProjection;
import org.bamarrow.internal.aggregate.RawAggregation;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.schema.RecordMetadata;
import org.bamarrow.spark.schema.SparkSchema;

/**
 * All that a task has to know besides its partition. Immutable; whatever is pushed down becomes a
 * part of it.
 *
 * @param schema the columns of the batches
 * @param vectors for each of them the name of the core's column that holds it
 * @param options what the core decodes for that
 * @param filter which records are wanted, besides those that the options leave
 * @param mostRows of a task; {@link Long#MAX_VALUE}: all
 * @param aggregation what the columns are instead, in a row for each of a task's groups; null:
 *     records are rows
 * @param readAheadBytes of one read of a remote file; 0: as the core asks
 * @param ignoreMissing a file that is not there any more has no rows
 */
public record ReadPlan(
    StructType schema,
    List<String> vectors,
    ConvertOptions options,
    RawPredicate filter,
    long mostRows,
    RawAggregation aggregation,
    int readAheadBytes,
    boolean ignoreMissing)
    implements Serializable {
  public ReadPlan {
    vectors = List.copyOf(vectors);
  }

  /**
   * All records.
   *
   * @param schema the columns wanted of the table's and the metadata columns, in any order
   * @param table what gives all of the table's columns
   */
  static ReadPlan of(
      StructType schema, ConvertOptions table, int readAheadBytes, boolean ignoreMissing) {
    ColumnOptions columns = table.columns();
    List<String> vectors = new ArrayList<>();
    for (StructField field : schema.fields()) {
      vectors.add(
          RecordMetadata.ALL.stream()
              .filter(metadata -> metadata.name().equals(field.name()))
              .map(metadata -> metadata.coreName(columns))
              .findFirst()
              .orElse(field.name()));
    }
    long limit = table.rows().limit();
    return new ReadPlan(
        schema,
        vectors,
        pruned(schema, vectors, table),
        RawPredicate.TRUE,
        limit < 0 ? Long.MAX_VALUE : limit,
        null,
        readAheadBytes,
        ignoreMissing);
  }

  private static ConvertOptions pruned(
      StructType schema, List<String> vectors, ConvertOptions table) {
    ColumnOptions columns = table.columns();
    List<String> names = new ArrayList<>(vectors.stream().distinct().toList());
    boolean tags = names.remove(SparkSchema.TAGS);
    boolean otherTags = names.remove(SparkSchema.OTHER_TAGS);
    List<String> fields =
        tags
            ? List.of(((StructType) schema.apply(SparkSchema.TAGS).dataType()).fieldNames())
            : null;
    return table
        .withColumns(columns.withNames(names))
        .withTags(table.tags().withProjection(new TagProjection(fields, tags, otherTags)));
  }

  /** The records of the plan that satisfy a condition. */
  ReadPlan where(RawPredicate condition) {
    return new ReadPlan(
        schema, vectors, options, condition, mostRows, aggregation, readAheadBytes, ignoreMissing);
  }

  /** At most so many rows a task. */
  ReadPlan atMost(long rows) {
    return new ReadPlan(
        schema,
        vectors,
        options,
        filter,
        Math.min(mostRows, rows),
        aggregation,
        readAheadBytes,
        ignoreMissing);
  }

  /**
   * An aggregation of the records.
   *
   * @param columns that of the group, if there is one, and one for each aggregate
   */
  ReadPlan aggregated(RawAggregation asked, StructType columns) {
    return new ReadPlan(
        columns, List.of(), options, filter, mostRows, asked, readAheadBytes, ignoreMissing);
  }

  boolean aggregates() {
    return aggregation != null;
  }
}
