package org.bamarrow.spark.read;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.pushdown.PushedAggregates;
import org.bamarrow.spark.pushdown.PushedPredicates;

/**
 * All that a task needs to read splits of Arrow files. Immutable.
 *
 * @param columns the columns of the batches
 * @param filter the condition for rows; {@link RawPredicate#TRUE}: all rows
 * @param maxRows a task may stop after this many rows
 * @param readAheadBytes bytes per read of a remote file
 * @param aggregates what is returned instead of the rows; null: the rows
 */
record ArrowReadPlan(
    SplitConstants columns,
    RawPredicate filter,
    long maxRows,
    int readAheadBytes,
    PushedAggregates.Pushed aggregates)
    implements Serializable {
  /** The columns of the rows that tasks return. */
  StructType schema() {
    return aggregates == null ? columns.schema() : aggregates.columns();
  }

  /** This plan with a further condition. */
  ArrowReadPlan where(RawPredicate further) {
    if (further.equals(RawPredicate.TRUE)) {
      return this;
    }
    RawPredicate both =
        filter.equals(RawPredicate.TRUE) ? further : PushedPredicates.all(List.of(further, filter));
    return new ArrowReadPlan(columns, both, maxRows, readAheadBytes, aggregates);
  }
}
