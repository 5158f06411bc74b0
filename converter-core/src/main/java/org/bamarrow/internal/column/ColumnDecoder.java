package org.bamarrow.internal.column;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.bam.RecordSlice;

/**
 * Fills a column for a run of records, from bytes that have been checked. It owns its scratch
 * memory and serves one thread.
 */
abstract class ColumnDecoder {
  private final List<Field> fields;

  ColumnDecoder(Field... fields) {
    this.fields = List.of(fields);
  }

  /** The column's field; the tags have two columns in one decoder. */
  final List<Field> fields() {
    return fields;
  }

  /** Starts a batch of that many rows, in place of what was decoded before. */
  abstract void begin(int rows) throws IOException;

  /**
   * Decodes the next rows {@code from} (inclusive) to {@code to} (exclusive) of the batch. Called
   * for a few dozen rows at a time: their bytes stay in the cache for the next column, and loops
   * that are entered often are compiled sooner and better than loops that run long.
   *
   * @param first the record of row 0 in the slice
   * @throws IOException if a record's bytes have no place in the column
   */
  abstract void append(RecordSlice slice, int first, int from, int to) throws IOException;

  /** All rows have been appended. */
  void finish(RecordSlice slice, int first) throws IOException {}

  /** Rows so far that are null since QUAL begins with 0xff, though not all of it is 0xff. */
  long qualitiesTakenAsMissing() {
    return 0;
  }

  /** Adds the column's nodes and buffers in Arrow's order (depth first). */
  abstract void emit(BatchBuilder out);
}
