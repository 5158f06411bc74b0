package org.bamarrow.internal.column;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.bam.RecordSlice;

/**
 * Decodes one column of a range of records, from bytes that have been checked. Owns its scratch
 * memory. Not thread-safe.
 */
abstract class ColumnDecoder {
  private final List<Field> fields;

  ColumnDecoder(Field... fields) {
    this.fields = List.of(fields);
  }

  /** The fields of the column; the decoder of tags has two columns. */
  final List<Field> fields() {
    return fields;
  }

  /** Starts a batch of {@code rows} rows; discards the previous batch. */
  abstract void begin(int rows) throws IOException;

  /**
   * Decodes the next rows {@code [from, to)} of the batch. Called for a few dozen rows at a time:
   * their bytes stay in the CPU cache for the next column, and methods stay short (see
   * docs/performance.md, "Start-up and the JVM").
   *
   * @param first the index in the slice of the record of row 0
   * @throws IOException if a value of a record cannot be stored in the column
   */
  abstract void append(RecordSlice slice, int first, int from, int to) throws IOException;

  /** Called after all rows have been appended. */
  void finish(RecordSlice slice, int first) throws IOException {}

  /** Rows so far that are null because QUAL starts with 0xff, although it has other values. */
  long qualitiesTakenAsMissing() {
    return 0;
  }

  /** Adds the nodes and buffers of the column in Arrow's order (depth first). */
  abstract void emit(BatchBuilder out);
}
