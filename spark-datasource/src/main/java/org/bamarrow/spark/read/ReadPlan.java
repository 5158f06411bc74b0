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
 * What a task needs besides its partition, including all that is pushed down. Immutable.
 *
 * @param constants the columns of the batches, and which of them are not in files
 * @param schema the columns of the batches or aggregates
 * @param vectors for each column that is read from files, the name of the core's column
 * @param options the options by which the core decodes them
 * @param filter selects records, in addition to the filters of the options
 * @param maxRows maximum rows per task; {@link Long#MAX_VALUE}: no limit
 * @param aggregation aggregates to return instead of records, one row per group and task; null:
 *     none
 * @param readAheadBytes of one request to a remote file; 0: no read-ahead
 * @param ignoreMissing whether a file that no longer exists has no rows
 */
record ReadPlan(
    SplitConstants constants,
    StructType schema,
    List<String> vectors,
    ConvertOptions options,
    RawPredicate filter,
    long maxRows,
    RawAggregation aggregation,
    int readAheadBytes,
    boolean ignoreMissing)
    implements Serializable {
  ReadPlan {
    vectors = List.copyOf(vectors);
  }

  /**
   * All records.
   *
   * @param constants the selected columns of the table and metadata columns, in any order
   * @param table the options that produce all columns of the table
   */
  static ReadPlan of(
      SplitConstants constants, ConvertOptions table, int readAheadBytes, boolean ignoreMissing) {
    StructType schema = constants.read();
    List<String> vectors = new ArrayList<>();
    for (StructField field : schema.fields()) {
      vectors.add(
          RecordMetadata.OF_RECORDS.stream()
              .filter(metadata -> metadata.name().equals(field.name()))
              .map(RecordMetadata::coreName)
              .findFirst()
              .orElse(field.name()));
    }
    long limit = table.rows().limit();
    return new ReadPlan(
        constants,
        constants.schema(),
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

  /** This plan with a condition. */
  ReadPlan where(RawPredicate condition) {
    return new ReadPlan(
        constants,
        schema,
        vectors,
        options,
        condition,
        maxRows,
        aggregation,
        readAheadBytes,
        ignoreMissing);
  }

  /** This plan with a limit on the rows of each task. */
  ReadPlan withMaxRows(long rows) {
    return new ReadPlan(
        constants,
        schema,
        vectors,
        options,
        filter,
        Math.min(maxRows, rows),
        aggregation,
        readAheadBytes,
        ignoreMissing);
  }

  /**
   * This plan with an aggregation of the records.
   *
   * @param columns that of the group, if there is one, and one for each aggregate
   */
  ReadPlan aggregated(RawAggregation aggregation, StructType columns) {
    return new ReadPlan(
        constants,
        columns,
        List.of(),
        options,
        filter,
        maxRows,
        aggregation,
        readAheadBytes,
        ignoreMissing);
  }

  boolean aggregates() {
    return aggregation != null;
  }
}
