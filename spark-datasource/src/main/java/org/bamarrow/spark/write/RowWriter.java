package org.bamarrow.spark.write;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.connector.write.DataWriter;
import org.apache.spark.sql.connector.write.WriterCommitMessage;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.util.ArrowUtils;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.internal.parts.VectorPartWriter;
import org.bamarrow.internal.parts.WrittenPart;
import org.bamarrow.parts.PartStore;
import org.bamarrow.spark.options.SparkWords;
import org.bamarrow.spark.serializer.JavaSerialized;

/**
 * Writes the rows of one task attempt with Spark's own Arrow writer, to one or more parts, or none
 * without rows. The names are unique to the attempt. A part has rows with the same values of the
 * partition columns, in whose order rows come. Holds one batch in memory.
 */
final class RowWriter implements DataWriter<InternalRow> {
  private final WritePlan plan;
  private final PartStore store;
  private final int partition;
  private final long task;
  private final BatchOptions bounds;
  private final BufferAllocator allocator;
  private final VectorSchemaRoot root;
  private final ArrowWriter rows;
  private final List<String> names = new ArrayList<>();
  private final List<WrittenPart> parts = new ArrayList<>();
  private UnsafeProjection projection;
  private OutputStream out;
  private VectorPartWriter part;

  /** The values of the partition columns of the rows held and of the open part; null: no rows. */
  private Object[] values;

  private int rowsHeld;
  private long bytesHeld;

  RowWriter(WritePlan plan, PartStore store, int partition, long task) {
    this.plan = plan;
    this.store = store;
    this.partition = partition;
    this.task = task;
    bounds = plan.options().batches();
    allocator =
        ArrowUtils.rootAllocator().newChildAllocator("bamarrow write " + task, 0, Long.MAX_VALUE);
    try {
      root = VectorSchemaRoot.create(plan.schema().schema(), allocator);
      rows = ArrowWriter.create(root);
    } catch (RuntimeException e) { // a task that is killed is interrupted, here too
      allocator.close();
      throw e;
    }
  }

  @Override
  public void write(InternalRow row) throws IOException {
    try {
      add(row);
    } catch (IOException | RuntimeException e) {
      SparkWords.in(e);
      throw e;
    }
  }

  private void add(InternalRow row) throws IOException {
    UnsafeRow sized = sized(row);
    if (values == null || !plan.folders().isIn(sized, values)) {
      finishRows();
      values = plan.folders().values(sized);
    }
    if (rowsHeld > 0
        && (rowsHeld >= bounds.rows()
            || bytesHeld + sized.getSizeInBytes() > bounds.inflatedBytes())) {
      writeBatch();
    }
    rows.write(sized);
    rowsHeld++;
    bytesHeld += sized.getSizeInBytes();
  }

  /** Most rows are UnsafeRows already, which know their size. */
  private UnsafeRow sized(InternalRow row) {
    if (row instanceof UnsafeRow unsafe) {
      return unsafe;
    }
    if (projection == null) {
      projection = UnsafeProjection.create(plan.rows());
    }
    return projection.apply(row);
  }

  private void writeBatch() throws IOException {
    if (part == null) {
      String name =
          plan.folders().path(values)
              + plan.names()
                  .name(
                      plan.firstNumber() + partition, String.format("%d-%05d", task, names.size()));
      out = store.create(name);
      names.add(name);
      part = new VectorPartWriter(root, plan.options().output(), allocator, name, out);
    }
    rows.finish();
    part.writeBatch();
    rows.reset();
    rowsHeld = 0;
    bytesHeld = 0;
    if (part.rows() >= plan.rowsPerPart() || part.bytes() >= plan.bytesPerPart()) {
      finishPart();
    }
  }

  /** Writes the rows held, and finishes the open part. */
  private void finishRows() throws IOException {
    if (rowsHeld > 0) {
      writeBatch();
    }
    if (part != null) {
      finishPart();
    }
  }

  private void finishPart() throws IOException {
    WrittenPart finished = part.finish(plan.names().parts());
    closePart();
    OutputStream written = out;
    out = null;
    written.close(); // an object store may fail here
    parts.add(finished);
  }

  private void closePart() {
    VectorPartWriter closed = part;
    part = null;
    if (closed != null) {
      closed.close();
    }
  }

  @Override
  public WriterCommitMessage commit() throws IOException {
    try {
      finishRows();
    } catch (IOException | RuntimeException e) {
      SparkWords.in(e);
      throw e;
    }
    return new JavaSerialized<>(new ArrayList<>(parts));
  }

  /** The parts of the committed attempt. */
  @SuppressWarnings("unchecked") // as commit gave it
  static List<WrittenPart> parts(WriterCommitMessage committed) {
    return ((JavaSerialized<ArrayList<WrittenPart>>) committed).value();
  }

  /** Deletes the files of this attempt. */
  @Override
  public void abort() throws IOException {
    closeFile();
    for (String name : names) {
      store.delete(name);
    }
  }

  private void closeFile() throws IOException {
    OutputStream unfinished = out;
    out = null;
    if (unfinished != null) {
      unfinished.close();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      closeFile();
    } finally {
      closePart();
      root.close();
      allocator.close();
    }
  }
}
