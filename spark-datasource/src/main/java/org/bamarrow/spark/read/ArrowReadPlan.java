package org.bamarrow.spark.read;

import java.io.Serializable;
import org.bamarrow.internal.filter.RawPredicate;

/**
 * All that a task needs to read splits of Arrow files. Immutable.
 *
 * @param columns the columns of the batches
 * @param filter the condition for rows; {@link RawPredicate#TRUE}: all rows
 * @param maxRows a task may stop after this many rows
 * @param readAheadBytes bytes per read of a remote file
 */
record ArrowReadPlan(SplitConstants columns, RawPredicate filter, long maxRows, int readAheadBytes)
    implements Serializable {}
