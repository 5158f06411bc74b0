package org.bamarrow.internal.column;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.bamarrow.internal.bam.RecordSlice;

/** Decodes runs of records into record batches, column at a time. One thread at a time. */
public final class SliceDecoder implements AutoCloseable {
  /** Rows that every column decodes before the next rows. */
  private static final int GROUP = 64;

  private final ColumnDecoder[] columns;
  private final BatchBuilder builder;

  SliceDecoder(List<ColumnDecoder> columns, BufferAllocator allocator) {
    this.columns = columns.toArray(ColumnDecoder[]::new);
    this.builder = new BatchBuilder(allocator);
  }

  /**
   * Records {@code from} (inclusive) to {@code to} (exclusive) of the slice as one batch, which the
   * caller closes.
   */
  public ArrowRecordBatch decode(RecordSlice slice, int from, int to) throws IOException {
    int rows = to - from;
    for (ColumnDecoder column : columns) {
      column.begin(rows);
    }
    for (int row = 0; row < rows; row += GROUP) {
      append(slice, from, row, Math.min(rows, row + GROUP));
    }
    for (ColumnDecoder column : columns) {
      column.finish(slice, from);
      column.emit(builder);
    }
    return builder.build(rows);
  }

  /** Rows so far that are null since QUAL begins with 0xff, though not all of it is 0xff. */
  public long qualitiesTakenAsMissing() {
    long rows = 0;
    for (ColumnDecoder column : columns) {
      rows += column.qualitiesTakenAsMissing();
    }
    return rows;
  }

  /** Apart from {@link #decode}, so that what is hot is small to compile. */
  private void append(RecordSlice slice, int first, int from, int to) throws IOException {
    for (ColumnDecoder column : columns) {
      column.append(slice, first, from, to);
    }
  }

  /** Frees the memory; batches that are still open keep theirs. */
  @Override
  public void close() {
    builder.close();
  }
}
