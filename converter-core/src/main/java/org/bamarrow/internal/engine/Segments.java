package org.bamarrow.internal.engine;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.arrow.memory.BufferAllocator;
import org.bamarrow.internal.base.Rethrow;
import org.bamarrow.internal.engine.SegmentPlan.Segment;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.ipc.OutputTarget;
import org.bamarrow.internal.ipc.SpillFile;
import org.bamarrow.internal.read.ReadScope;
import org.bamarrow.internal.read.ReadStatistics;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.SplitFinder;
import org.bamarrow.internal.read.SplitStart;
import org.bamarrow.internal.zone.ZoneMap;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.Interrupts;

/**
 * A conversion with the strategy segments. Each segment is read by one thread from its first record
 * to its end, which it verifies. The segment that is next in the output writes to it directly; the
 * others write temporary files, which are appended in order. Segments are started in order, so the
 * output does not depend on the threads, and the error of the earliest segment is reported.
 */
final class Segments implements AutoCloseable {
  /** Maximum number of segments started before the one that is next in the output is finished. */
  private static final int MAX_AHEAD = 64;

  private final Conversion conversion;
  private final OutputTarget target;
  private final IpcOutput output;
  private final BufferAllocator allocator;
  private final List<Segment> plan;
  private final ExecutorService threads;
  private final Semaphore large = new Semaphore(1);

  /** Index of the segment that may write to the output: all earlier ones are in it. */
  private volatile int next;

  /** Index of the last segment to read: later ones are cancelled. */
  private final AtomicInteger last = new AtomicInteger(Integer.MAX_VALUE);

  /** The pipelines of the segments that are being read. */
  private final AtomicReferenceArray<RecordPipeline> pipelines;

  private final AtomicLong finishedBytes = new AtomicLong();

  /** Temporary files that have not been appended yet. */
  private final Queue<SpillFile> spills = new ConcurrentLinkedQueue<>();

  /**
   * The result of a segment.
   *
   * @param spill its batches; null if they are in the output
   */
  private record Part(ReadStatistics read, SpillFile spill) {}

  Segments(
      Conversion conversion, OutputTarget target, IpcOutput output, BufferAllocator allocator) {
    this.conversion = conversion;
    this.target = target;
    this.output = output;
    this.allocator = allocator;
    plan = SegmentPlan.of(conversion);
    pipelines = new AtomicReferenceArray<>(plan.size());
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            Math.min(conversion.workers(), plan.size()),
            work -> {
              Thread thread = new Thread(work, "bamarrow-segment-" + number.getAndIncrement());
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Compressed bytes read so far; may be called on any thread. */
  long bytesRead() {
    long bytes = finishedBytes.get();
    for (int i = 0; i < pipelines.length(); i++) {
      RecordPipeline pipeline = pipelines.get(i);
      bytes += pipeline == null ? 0 : pipeline.bytesRead();
    }
    return bytes;
  }

  /** Converts all segments to the output. */
  ReadStatistics run() throws IOException {
    output.start(conversion::ipcSchema);
    List<Future<Part>> parts = new ArrayList<>();
    for (int i = 0; i < plan.size(); i++) {
      int index = i;
      parts.add(threads.submit(() -> read(index)));
    }
    ReadStatistics total = null;
    long[] records = new long[plan.size()];
    for (int i = 0; i < parts.size(); i++) {
      Part part = get(parts.get(i), i, records);
      records[i] = part.read.records();
      if (part.spill != null) {
        part.spill.appendTo(output);
        part.spill.close();
        spills.remove(part.spill);
      }
      next = i + 1;
      wake();
      total = total == null ? part.read : total.plus(part.read);
    }
    return total;
  }

  private Part read(int index) throws IOException {
    if (index > last.get()) {
      return null;
    }
    try {
      waitForWindow(index);
      SpillFile spill = index == next ? null : target.spill();
      if (spill != null) {
        spills.add(spill);
        spill.output().keepZones(ZoneMap.ofPart(conversion.zoneColumns()));
      }
      return new Part(read(index, spill == null ? output : spill.output()), spill);
    } catch (IOException | RuntimeException | Error e) {
      last.accumulateAndGet(index, Math::min);
      wake();
      throw e;
    }
  }

  /** Bounds the number of temporary files, whatever the number of inputs. */
  private synchronized void waitForWindow(int index) throws InterruptedIOException {
    try {
      while (index - next >= MAX_AHEAD && index <= last.get()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted before a segment was read");
    }
  }

  private synchronized void wake() {
    notifyAll();
  }

  private ReadStatistics read(int index, IpcOutput destination) throws IOException {
    Segment segment = plan.get(index);
    try (SplitFinder finder = conversion.newSplitFinder()) {
      SplitStart start =
          finder.start(segment.input(), segment.split(), conversion.options().batches());
      ReadScope scope = new ReadScope(List.of(start.range()), finder, null);
      try (RecordPipeline pipeline =
          conversion.newPipeline(scope, IpcHandler.of(conversion, allocator, destination), large)) {
        pipelines.set(index, pipeline);
        while (index <= last.get() && pipeline.step()) {}
        ReadStatistics read = pipeline.statistics().plus(start.passed());
        pipelines.set(index, null);
        finishedBytes.addAndGet(read.bytesRead());
        return read;
      }
    }
  }

  /**
   * @param records numbers of records of the earlier segments, which have all been read
   */
  private Part get(Future<Part> part, int index, long[] records) throws IOException {
    try {
      Interrupts.check();
      return part.get();
    } catch (InterruptedException e) {
      throw Interrupts.interrupted("interrupted while converting segments", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BamFormatException format) {
        throw format.after(recordsBefore(index, records));
      }
      throw Rethrow.causeOf(e);
    }
  }

  /** Number of records in earlier segments of the same input. */
  private long recordsBefore(int index, long[] records) {
    long before = 0;
    for (int i = 0; i < index; i++) {
      before += plan.get(i).input() == plan.get(index).input() ? records[i] : 0;
    }
    return before;
  }

  /** Stops the threads, waits for them and removes the temporary files. */
  @Override
  public void close() throws IOException {
    last.set(-1);
    wake();
    threads.shutdown();
    boolean interrupted = false;
    for (boolean ended = false; !ended; ) {
      try {
        ended = threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    for (SpillFile spill : spills) {
      spill.close();
    }
  }
}
