package org.bamarrow.spark.read;

import java.io.Serializable;
import org.bamarrow.internal.filter.RawPredicate;

/**
 * All that a task needs to read splits of Arrow files. Immutable.
 *
 * @param columns the columns of the batches
 * @param filter the condition by which record batches are left out; Spark evaluates it on the rows
 * @param maxRows a task may stop after so many rows
 * @param readAheadBytes bytes per read of a remote file
 */
record ArrowReadPlan(SplitConstants columns, RawPredicate filter, long maxRows, int readAheadBytes)
    implements Serializable {}
