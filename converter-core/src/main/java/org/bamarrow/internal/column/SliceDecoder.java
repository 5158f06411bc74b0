package org.bamarrow.internal.column;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.bamarrow.internal.bam.RecordSlice;

/** Decodes ranges of records into record batches, column by column. Not thread-safe. */
public final class SliceDecoder implements AutoCloseable {
  private final ColumnDecoder[] columns;
  private final BatchMemory memory;
  private final BatchBuilder builder;
  private final RecordGroup group = new RecordGroup();

  /**
   * @param memory of the columns; ownership is taken
   */
  SliceDecoder(List<ColumnDecoder> columns, BatchMemory memory) {
    this.columns = columns.toArray(ColumnDecoder[]::new);
    this.memory = memory;
    this.builder = new BatchBuilder(memory);
  }

  /** The records {@code [from, to)} of the slice as one batch, which the caller closes. */
  public ArrowRecordBatch decode(RecordSlice slice, int from, int to) throws IOException {
    int rows = to - from;
    for (ColumnDecoder column : columns) {
      column.begin(rows);
    }
    for (int row = 0; row < rows; row += RecordGroup.MAX) {
      append(slice, from, row, Math.min(RecordGroup.MAX, rows - row));
    }
    for (ColumnDecoder column : columns) {
      column.finish(slice, from);
      column.emit(builder);
    }
    return builder.build(rows);
  }

  /** Rows so far that are null because QUAL starts with 0xff, although it has other values. */
  public long qualitiesTakenAsMissing() {
    long rows = 0;
    for (ColumnDecoder column : columns) {
      rows += column.qualitiesTakenAsMissing();
    }
    return rows;
  }

  /** A short method of its own: see docs/performance.md, "Start-up and the JVM". */
  private void append(RecordSlice slice, int first, int row, int count) throws IOException {
    group.row = row;
    group.read(slice, first + row, count);
    for (ColumnDecoder column : columns) {
      column.append(group);
    }
  }

  /** Releases the memory; batches that are still open keep theirs. */
  @Override
  public void close() {
    memory.close();
  }
}
