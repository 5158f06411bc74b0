package org.bamarrow.internal.rewrite;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.internal.read.OrderedGate;
import org.bamarrow.internal.read.OrderedWorkers;

/**
 * Copies the batches of an input with any number of workers, each with one batch in flight. The
 * output does not depend on their number.
 */
final class RewritePipeline implements AutoCloseable {
  final RewriteQueue queue;
  final RewriteOutput output;

  /** Guards {@link #collector} and {@link #counts}. */
  final OrderedGate collectGate = new OrderedGate();

  final RowCollector collector;
  final RewriteCounts counts;

  /** Guards {@link #output}. */
  final OrderedGate deliveryGate = new OrderedGate();

  final OrderedWorkers workers;
  private final RewritePlan plan;
  private final BufferAllocator allocator;
  private final List<RewriteWorker> all = new ArrayList<>();

  /**
   * @param output has been started
   * @param allocator stays the caller's
   */
  RewritePipeline(
      RewritePlan plan, RewriteOutput output, RewriteCounts counts, BufferAllocator allocator)
      throws IOException {
    this.plan = plan;
    this.output = output;
    this.counts = counts;
    this.allocator = allocator;
    MachineOptions machine = plan.options().machine();
    queue = new RewriteQueue(plan, allocator, new MemoryBudget(machine.memoryBytes()));
    workers = new OrderedWorkers(queue::stop, collectGate, deliveryGate);
    collector = new RowCollector(plan, output, plan.input().bytes(), allocator);
    for (int i = 0; i < machine.threads(); i++) {
      all.add(new RewriteWorker(this, plan, allocator));
    }
  }

  /** Copies everything. */
  void run() throws IOException {
    if (collector.left() > 0) {
      counts.leftOut(queue.leaveOut());
      workers.start(all.stream().<OrderedWorkers.Step>map(each -> each::step).toList(), () -> {});
      workers.await("interrupted while Arrow data were converted");
    }
    try (PendingOutput last = new PendingOutput(plan, allocator)) {
      collector.flush(last);
      last.prepare();
      last.write(output);
    }
    counts.written(collector);
  }

  /** Counts a batch whose rows have been collected; called inside the gate. */
  void count(
      RewriteItem item, long rows, Map<String, Long> removed, long bytes, PendingOutput pending) {
    item.file().rows += rows;
    counts.batch(item, rows, removed, bytes);
    if (collector.left() == 0) {
      counts.leftOut(item.file());
      workers.finishAt(item.index());
    }
  }

  /** A file has been read to its end; called inside the gate. */
  void ended(RewriteItem item) throws IOException {
    RewriteFile file = item.file();
    long leftOut = file.batches.zones().rowsLeftOut();
    plan.input().requireRows(file.index, file.rows + leftOut);
    counts.leftOut(file);
    counts.leftOut(item.leftOut());
  }

  /** Stops the workers, waits for them and frees their memory. */
  @Override
  public void close() throws IOException {
    workers.end();
    try (queue;
        collector) {
      for (RewriteWorker worker : all) {
        worker.close();
      }
    }
  }
}
