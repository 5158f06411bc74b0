package org.bamarrow.spark.read;

import java.io.Serializable;
import java.util.List;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.pushdown.PushedPredicates;

/**
 * All that a task needs to read splits of Arrow files. Immutable.
 *
 * @param columns the columns of the batches
 * @param filter the condition by which record batches are left out; Spark evaluates it on the rows
 * @param maxRows a task may stop after so many rows
 * @param readAheadBytes bytes per read of a remote file
 */
record ArrowReadPlan(SplitConstants columns, RawPredicate filter, long maxRows, int readAheadBytes)
    implements Serializable {
  /** This plan with a further condition. */
  ArrowReadPlan where(RawPredicate further) {
    if (further.equals(RawPredicate.TRUE)) {
      return this;
    }
    RawPredicate both =
        filter.equals(RawPredicate.TRUE) ? further : PushedPredicates.all(List.of(further, filter));
    return new ArrowReadPlan(columns, both, maxRows, readAheadBytes);
  }
}
