package org.bamarrow.spark.interval;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.interval.IntervalIndex.Interval;

/**
 * The rows of a table of intervals. A join uses them and not the table, which might have other rows
 * when it is read again.
 */
final class CollectedIntervals {
  private static final int KEYS = 3;
  private static final Set<DataType> INTEGERS =
      Set.of(DataTypes.ByteType, DataTypes.ShortType, DataTypes.IntegerType, DataTypes.LongType);

  private final SparkSession session;
  private final StructType schema;

  /** Each with name, start and stop, and then all columns. */
  private final List<Row> rows;

  private final IntervalOptions options;

  private CollectedIntervals(Dataset<Row> table, Dataset<Row> keyed, IntervalOptions options) {
    this.session = table.sparkSession();
    this.schema = table.schema();
    this.options = options;
    this.rows = keyed.takeAsList(Math.min(options.maxIntervals(), Integer.MAX_VALUE - 1) + 1);
  }

  static CollectedIntervals of(Dataset<Row> table, IntervalOptions options) {
    Column[] columns =
        Stream.concat(options.columns().stream().map(table::col), Stream.of(table.col("*")))
            .toArray(Column[]::new);
    Dataset<Row> keyed = table.select(columns);
    for (int i = 0; i < KEYS; i++) {
      DataType type = keyed.schema().fields()[i].dataType();
      if (i == 0 ? !type.equals(DataTypes.StringType) : !INTEGERS.contains(type)) {
        throw new IllegalArgumentException(
            String.format(
                "column %s of the intervals is of type %s and has to be %s; cast it",
                options.columns().get(i), type.sql(), i == 0 ? "STRING" : "INT or BIGINT"));
      }
    }
    CollectedIntervals collected = new CollectedIntervals(table, keyed, options);
    if (collected.rows.size() > options.maxIntervals()) {
      throw new IllegalArgumentException(
          String.format(
              "there are more than %,d intervals, the maximum of this join (maxIntervals); they are"
                  + " held in the memory of the driver and of each executor. Merge or select"
                  + " them, or join by hand: rname = chrom AND pos <= stop AND end > start",
              options.maxIntervals()));
    }
    return collected;
  }

  /** The intervals without nulls. */
  List<Interval> intervals() {
    List<Interval> intervals = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      if (!row.isNullAt(0) && !row.isNullAt(1) && !row.isNullAt(2)) {
        intervals.add(interval(row, i));
      }
    }
    return intervals;
  }

  private Interval interval(Row row, int i) {
    long start = ((Number) row.get(1)).longValue();
    long stop = ((Number) row.get(2)).longValue();
    if (stop < start && (options.halfOpen() || stop + 1 < start)) {
      throw new IllegalArgumentException(
          String.format(
              "interval %d stops before it starts: %s %d %d", i, row.get(0), start, stop));
    }
    int toOneBased = options.zeroBased() ? 1 : 0;
    long first = shifted(start, toOneBased);
    long last = shifted(stop, toOneBased - (options.halfOpen() ? 1 : 0));
    return new Interval(row.getString(0), first, last, i);
  }

  /** The nearest number to the sum: a stop that means "to the end" may be the largest number. */
  private static long shifted(long position, int by) {
    long sum = position + by;
    return by > 0 == sum > position ? sum : position;
  }

  /**
   * The rows as a table.
   *
   * @param id a first column with the index of the row
   */
  Dataset<Row> table(String id) {
    StructType columns = new StructType().add(id, DataTypes.IntegerType, false);
    for (StructField field : schema.fields()) {
      columns = columns.add(field);
    }
    List<Row> numbered = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Object[] values = new Object[1 + schema.size()];
      values[0] = i;
      for (int j = 1; j < values.length; j++) {
        values[j] = rows.get(i).get(KEYS + j - 1);
      }
      numbered.add(RowFactory.create(values));
    }
    return session.createDataFrame(numbered, columns);
  }
}
