package org.bamarrow.spark.interval;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.explode_outer;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.bamarrow.spark.interval.IntervalIndex.Interval;
import org.bamarrow.spark.interval.Places.Place;

/**
 * Joins reads with a small table of intervals, such as a BED file. A read overlaps an interval if
 * they have a base in common: {@code rname = chrom AND pos <= stop AND end > start} with 1-based
 * reads and BED. Nulls overlap nothing. An empty interval overlaps the reads that have the bases on
 * both sides of it.
 *
 * <p>The rows of the intervals are collected when an object is created; the joins use these. Where
 * only overlapping reads are wanted, a condition on their places ({@link #condition}) becomes part
 * of the query, and a scan of BAMs with an index or of Arrow data with zone maps reads only what is
 * there. Which intervals a read overlaps is then looked up in an index, so that the time does not
 * grow with the number of intervals. Immutable.
 */
public final class IntervalJoin {
  private static final String ID = "__interval";

  private final Dataset<Row> intervals;
  private final IntervalOptions options;
  private final IntervalIndex index;
  private final List<Place> places;
  private final Set<String> names;

  private IntervalJoin(CollectedIntervals collected, IntervalOptions options) {
    List<Interval> all = collected.intervals();
    this.intervals = collected.table(ID);
    this.options = options;
    this.index = new IntervalIndex(all, options.zeroBasedReads());
    this.places = Places.of(all, options.maxPlaces());
    this.names = places.stream().map(Place::name).collect(Collectors.toSet());
  }

  /**
   * {@return a join with intervals as in BED: see {@link IntervalOptions#bed}}
   *
   * @param intervals columns {@code chrom}, {@code start}, {@code stop}, and any others
   * @throws IllegalArgumentException if there are too many, one stops before it starts, or a column
   *     has another type
   */
  public static IntervalJoin of(Dataset<Row> intervals) {
    return of(intervals, IntervalOptions.bed());
  }

  /**
   * {@return a join with intervals}
   *
   * @param intervals any columns
   * @param options what the columns are
   * @throws IllegalArgumentException if there are too many, one stops before it starts, or a column
   *     has another type
   */
  public static IntervalJoin of(Dataset<Row> intervals, IntervalOptions options) {
    return new IntervalJoin(CollectedIntervals.of(intervals, options), options);
  }

  /**
   * {@return pairs of a read and an interval that it overlaps: all columns of the reads, then those
   * of the intervals; of {@code left_semi} and {@code left_anti} those of the reads}
   *
   * @param reads any query with the columns of the options
   * @param how {@code inner}; {@code left}: also reads without an interval; {@code right}: also
   *     intervals without a read; {@code left_semi}: each read that overlaps an interval once;
   *     {@code left_anti}: the others. All reads are read for {@code left} and {@code left_anti}
   * @throws IllegalArgumentException if it is none of these
   */
  public Dataset<Row> join(Dataset<Row> reads, String how) {
    return switch (how.toLowerCase(Locale.ROOT).replace("_", "").replace("outer", "")) {
      case "inner" -> pairs(placed(reads), explode(overlapped(reads)), "inner");
      case "left" -> pairs(reads, explode_outer(overlapped(reads)), "left");
      case "right" -> pairs(placed(reads), explode(overlapped(reads)), "right");
      case "leftsemi", "semi" -> placed(reads).where(overlaps(reads));
      case "leftanti", "anti" -> reads.where(not(overlaps(reads)));
      default ->
          throw new IllegalArgumentException(
              "an interval join is inner, left, right, left_semi or left_anti, not '" + how + "'");
    };
  }

  private Dataset<Row> pairs(Dataset<Row> reads, Column id, String how) {
    Dataset<Row> left = reads.withColumn(ID, id);
    // Spark cannot broadcast the side of which it keeps every row.
    Dataset<Row> right = how.equals("right") ? intervals : broadcast(intervals);
    return left.join(right, left.col(ID).equalTo(right.col(ID)), how).drop(ID);
  }

  /**
   * {@return the intervals in their order, with a last column: the number of reads that overlap
   * each, which may be 0}
   *
   * @param reads any query with the columns of the options
   * @param name of the last column
   */
  public Dataset<Row> counts(Dataset<Row> reads, String name) {
    Dataset<Row> counts =
        placed(reads)
            .select(explode(overlapped(reads)).as(ID))
            .groupBy(col(ID))
            .agg(count(lit(1)).as(name));
    Column[] columns = new Column[intervals.columns().length];
    List<String> names = List.of(intervals.columns());
    for (int i = 1; i < columns.length; i++) {
      columns[i - 1] = intervals.col("`" + names.get(i).replace("`", "``") + "`");
    }
    columns[columns.length - 1] = coalesce(counts.col("`" + name + "`"), lit(0L)).as(name);
    return intervals
        .join(counts, intervals.col(ID).equalTo(counts.col(ID)), "left")
        .orderBy(intervals.col(ID))
        .select(columns);
  }

  /**
   * {@return a condition that is true for every read that overlaps an interval, and maybe for
   * others: at most {@link IntervalOptions#maxPlaces} ranges that contain all intervals, or their
   * reference names if these are more}
   *
   * @param reads has the columns
   */
  public Column condition(Dataset<Row> reads) {
    return Places.condition(places, options.maxPlaces(), columns(reads), options.zeroBasedReads());
  }

  private Dataset<Row> placed(Dataset<Row> reads) {
    UnknownNames.warn(reads, names, options);
    return reads.where(condition(reads));
  }

  private Column overlapped(Dataset<Row> reads) {
    UDF3<String, Number, Number, int[]> function = index::overlapped;
    return udf(function, DataTypes.createArrayType(DataTypes.IntegerType, false))
        .withName("overlapped_intervals")
        .apply(columns(reads));
  }

  private Column overlaps(Dataset<Row> reads) {
    UDF3<String, Number, Number, Boolean> function = index::overlaps;
    return udf(function, DataTypes.BooleanType)
        .withName("overlaps_an_interval")
        .apply(columns(reads));
  }

  private Column[] columns(Dataset<Row> reads) {
    return options.readColumns().stream().map(reads::col).toArray(Column[]::new);
  }
}
