package org.bamarrow.spark.read;

import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.Splitting;
import org.bamarrow.spark.pushdown.PositionalPredicates;

/** The number of rows of a scan, if it is known exactly before it runs. */
final class ExactRowCount {
  private static final String CBO = "spark.sql.cbo.enabled";
  private static final String PLAN_STATISTICS = "spark.sql.cbo.planStats.enabled";

  private ExactRowCount() {}

  static OptionalLong of(TableFiles files, ReadPlan plan) {
    if (plan.aggregates()) {
      return plan.aggregation().group() == null ? partitions(files, plan) : OptionalLong.empty();
    }
    RowOptions rows = plan.options().rows();
    if (rows.filters() || !plan.filter().equals(RawPredicate.TRUE)) {
      return OptionalLong.empty();
    }
    OptionalLong records = rows.limit() == 0 ? OptionalLong.of(0) : records(files);
    long limit = rows.limit() < 0 ? Long.MAX_VALUE : rows.limit();
    // A pushed limit applies to each task, so the number is unknown if there are more records.
    boolean known = rows.limit() >= 0 || records.orElse(Long.MAX_VALUE) <= plan.maxRows();
    return records.isPresent() && known
        ? OptionalLong.of(Math.min(limit, records.getAsLong()))
        : OptionalLong.empty();
  }

  /**
   * Without groups, each partition has one row. Unknown if an index has to be read for the
   * partitions.
   */
  private static OptionalLong partitions(TableFiles files, ReadPlan plan) {
    boolean alongIndex =
        files.options().splitting() == Splitting.INDEX
            || PositionalPredicates.restrict(plan.filter()) && !new IndexLookup(files).isOff();
    return alongIndex
        ? OptionalLong.empty()
        : OptionalLong.of(
            new BamBatch(files, plan, RawPredicate.TRUE).planInputPartitions().length);
  }

  /** The counts of the indexes of all files; read only if Spark uses the number. */
  private static OptionalLong records(TableFiles files) {
    if (!isUsed(files, CBO) && !isUsed(files, PLAN_STATISTICS) || new IndexLookup(files).isOff()) {
      return OptionalLong.empty();
    }
    List<Long> counts = new IndexLookup(files).counts();
    return counts.stream().anyMatch(Objects::isNull)
        ? OptionalLong.empty()
        : OptionalLong.of(counts.stream().mapToLong(Long::longValue).sum());
  }

  private static boolean isUsed(TableFiles files, String setting) {
    return Boolean.parseBoolean(files.session().conf().get(setting));
  }
}
