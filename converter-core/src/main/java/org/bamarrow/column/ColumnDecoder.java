package org.bamarrow.column;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.bam.RecordSlice;

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

  /**
   * Decodes records {@code from} (inclusive) to {@code to} (exclusive) of the slice, in place of
   * what was decoded before.
   *
   * @throws IOException if a record's bytes have no place in the column
   */
  abstract void decode(RecordSlice slice, int from, int to) throws IOException;

  /** Adds the column's nodes and buffers in Arrow's order (depth first). */
  abstract void emit(BatchBuilder out);
}
