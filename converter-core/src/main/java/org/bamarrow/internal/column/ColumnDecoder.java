package org.bamarrow.internal.column;

import java.io.IOException;
import org.bamarrow.internal.bam.RecordSlice;

/**
 * Decodes one column of a range of records, from bytes that have been checked, into buffers of a
 * {@link BatchMemory}. Not thread-safe.
 */
abstract class ColumnDecoder {
  /** Starts a batch of {@code rows} rows; the previous batch keeps its buffers. */
  abstract void begin(int rows) throws IOException;

  /**
   * Decodes the next rows of the batch. Called for a few dozen rows at a time: their bytes stay in
   * the CPU cache for the next column, and methods stay short (see docs/performance.md, "Start-up
   * and the JVM").
   *
   * @throws IOException if a value of a record cannot be stored in the column
   */
  abstract void append(RecordGroup records) throws IOException;

  /**
   * Called after all rows have been appended.
   *
   * @param first the index in the slice of the record of row 0
   */
  void finish(RecordSlice slice, int first) throws IOException {}

  /** Rows so far that are null because QUAL starts with 0xff, although it has other values. */
  long qualitiesTakenAsMissing() {
    return 0;
  }

  /** Adds the nodes and buffers of the column in Arrow's order (depth first). */
  abstract void emit(BatchBuilder out) throws IOException;
}
