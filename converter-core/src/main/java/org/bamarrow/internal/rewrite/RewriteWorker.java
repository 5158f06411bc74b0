package org.bamarrow.internal.rewrite;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.bamarrow.internal.base.Rethrow;
import org.bamarrow.internal.filter.BatchFilter;
import org.bamarrow.internal.filter.RowSelection;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.read.OrderedGate;
import org.bamarrow.internal.zone.Zone;

/**
 * Carries one batch at a time: load, filter, collect its rows in order, compress, write in order.
 * For one thread.
 */
final class RewriteWorker implements AutoCloseable {
  private final RewritePipeline pipeline;
  private final RewritePlan plan;
  private final BufferAllocator allocator;
  private final PendingOutput pending;
  private final Map<String, Long> removed = new LinkedHashMap<>();
  private RewriteFile file;

  /** A reader of the current file. */
  private IpcBatches reader;

  /** Null without filters. */
  private BatchFilter filter;

  /** The chosen rows of the batch; null: not known, or all. */
  private RowSelection selection;

  private long filtered; // rows
  private long bytesRead; // of the reader, which have been counted

  RewriteWorker(RewritePipeline pipeline, RewritePlan plan, BufferAllocator allocator) {
    this.pipeline = pipeline;
    this.plan = plan;
    this.allocator = allocator;
    this.pending = new PendingOutput(plan, allocator);
  }

  /** Carries the next batch; false if there is none. */
  boolean step() {
    RewriteItem item = pipeline.queue.next(this);
    if (item == null) {
      end();
      return false;
    }
    try {
      process(item);
      return true;
    } catch (OrderedGate.Abandoned e) {
      return false;
    } catch (IOException | RuntimeException | Error e) {
      pipeline.workers.fail(item.index(), e);
      return false;
    } finally {
      pending.clear();
      pipeline.queue.release(item);
    }
  }

  private void process(RewriteItem item) throws IOException, OrderedGate.Abandoned {
    Rethrow.ifAny(item.error());
    long index = item.index();
    if (item.place() == null) {
      pipeline.collectGate.await(index);
      pipeline.ended(item);
      pipeline.collectGate.pass(index);
      pipeline.deliveryGate.await(index);
      pipeline.queue.close(item.file());
      pipeline.deliveryGate.pass(index);
      return;
    }
    open(item.file());
    reader.load(item.place());
    filtered = 0;
    boolean more = next();
    Zone whole = more ? whole() : null;
    pipeline.collectGate.await(index);
    while (more) {
      if (file.isCopied()) {
        int rows = reader.rows();
        pipeline.collector.copy(file, reader.stored(), rows, item.zones(), pending);
      } else {
        pipeline.collector.add(file, reader, selection, whole, pending);
      }
      more = next();
      if (more) { // a batch with many more rows than it seems: its parts are written one by one
        deliver(index);
        whole = null;
      }
    }
    count(item);
    pipeline.collectGate.pass(index);
    reader.clear();
    if (pending.isEmpty()) { // its rows are in a later batch, which it need not hold up
      pipeline.deliveryGate.skip(index);
      return;
    }
    deliver(index);
    pipeline.deliveryGate.pass(index);
  }

  private void open(RewriteFile next) throws IOException {
    if (next == file) {
      return;
    }
    closeReader();
    file = next;
    reader = file.batches.another();
    plan.select(reader, file.isCopied(), allocator);
    filter = plan.filter(file);
    if (filter != null) {
      reader.require(plan.filtered(), (batch, rows) -> !select(batch, rows).isEmpty());
    }
    bytesRead = 0;
  }

  /** Loads the next rows of the batch and chooses some; false if none is left. */
  private boolean next() throws IOException {
    selection = null;
    if (!reader.next()) {
      return false;
    }
    if (filter == null) {
      filtered += reader.rows();
    } else if (selection == null) {
      try {
        select(reader.vectors(), reader.rows());
      } catch (IllegalArgumentException e) {
        throw new IOException(file.source.name() + ": " + e.getMessage(), e);
      }
    }
    return true;
  }

  private RowSelection select(List<FieldVector> batch, int rows) {
    filtered += rows;
    selection = filter.select(batch, rows);
    return selection;
  }

  /** The zone of a batch that can be written as it is stored; null of others. */
  private Zone whole() {
    return !file.isCopied()
            && plan.takes(reader.stored())
            && (selection == null || selection.size() == reader.rows())
        ? pending.zone(reader.vectors(), reader.rows())
        : null;
  }

  private void count(RewriteItem item) {
    removed.clear();
    if (filter != null) {
      filter.takeRemoved(removed);
    }
    long bytes = reader.bytesRead() - bytesRead;
    bytesRead += bytes;
    if (file.isCopied()) {
      bytes += reader.stored().body();
    }
    pipeline.count(item, filtered, removed, bytes, pending);
  }

  private void deliver(long index) throws IOException, OrderedGate.Abandoned {
    pending.prepare();
    pipeline.deliveryGate.await(index);
    pending.write(pipeline.output);
  }

  private void closeReader() throws IOException {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  /** Frees the memory of the reader, as other workers may go on. */
  private void end() {
    try {
      closeReader();
    } catch (IOException e) {
      // close() tries again, when all workers have ended
    }
  }

  /** Called after all workers have ended. */
  @Override
  public void close() throws IOException {
    try {
      closeReader();
    } finally {
      pending.close();
    }
  }
}
