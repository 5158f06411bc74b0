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
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.Interrupts;

/**
 * A conversion by segments. Each is read by one thread from its first record to its end, which it
 * proves. The one that is next in the output writes into it; the others write temporary files,
 * which are appended when their turn comes. Segments are begun in order, so the output knows
 * nothing of the threads, and the error of the earliest segment is the one that counts.
 */
final class Segments implements AutoCloseable {
  /** A segment is not begun before all but so many in front of it stand in the output. */
  private static final int AHEAD = 64;

  private final Conversion conversion;
  private final OutputTarget target;
  private final IpcOutput output;
  private final BufferAllocator allocator;
  private final List<Segment> plan;
  private final ExecutorService threads;
  private final Semaphore large = new Semaphore(1);

  /** The segment that may write into the output: all before it stand there. */
  private volatile int next;

  /** Segments behind this one are not wanted any more. */
  private final AtomicInteger last = new AtomicInteger(Integer.MAX_VALUE);

  /** Of the segments that are being read. */
  private final AtomicReferenceArray<RecordPipeline> readers;

  private final AtomicLong finishedBytes = new AtomicLong();

  /** Those that have not been appended. */
  private final Queue<SpillFile> spills = new ConcurrentLinkedQueue<>();

  /** What a segment gave; without a spill its batches stand in the output. */
  private record Part(ReadStatistics read, SpillFile spill) {}

  Segments(
      Conversion conversion, OutputTarget target, IpcOutput output, BufferAllocator allocator) {
    this.conversion = conversion;
    this.target = target;
    this.output = output;
    this.allocator = allocator;
    plan = SegmentPlan.of(conversion);
    readers = new AtomicReferenceArray<>(plan.size());
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

  /** Compressed bytes read so far; any thread may ask. */
  long bytesRead() {
    long bytes = finishedBytes.get();
    for (int i = 0; i < readers.length(); i++) {
      RecordPipeline reader = readers.get(i);
      bytes += reader == null ? 0 : reader.bytesRead();
    }
    return bytes;
  }

  /** Reads everything into the output. */
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
      waitUntilNear(index);
      SpillFile spill = index == next ? null : target.spill();
      if (spill != null) {
        spills.add(spill);
      }
      return new Part(read(index, spill == null ? output : spill.output()), spill);
    } catch (IOException | RuntimeException | Error e) {
      last.accumulateAndGet(index, Math::min);
      wake();
      throw e;
    }
  }

  /**
   * So that the temporary files that wait for the output stay few, however many inputs there are.
   */
  private synchronized void waitUntilNear(int index) throws InterruptedIOException {
    try {
      while (index - next >= AHEAD && index <= last.get()) {
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

  private ReadStatistics read(int index, IpcOutput to) throws IOException {
    Segment segment = plan.get(index);
    try (SplitFinder finder = conversion.newSplitFinder()) {
      SplitStart start =
          finder.start(segment.input(), segment.split(), conversion.options().batches());
      ReadScope scope = new ReadScope(List.of(start.range()), finder, null);
      try (RecordPipeline reader =
          conversion.reader(scope, IpcHandler.of(conversion, allocator, to), large)) {
        readers.set(index, reader);
        while (index <= last.get() && reader.step()) {}
        ReadStatistics read = reader.statistics().plus(start.passed());
        readers.set(index, null);
        finishedBytes.addAndGet(read.bytesRead());
        return read;
      }
    }
  }

  /**
   * @param records of the segments before, which have all been read
   */
  private Part get(Future<Part> part, int index, long[] records) throws IOException {
    try {
      return part.get();
    } catch (InterruptedException e) {
      throw Interrupts.interrupted("interrupted while segments were being converted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof BamFormatException format) {
        throw format.after(recordsBefore(index, records));
      }
      throw Rethrow.causeOf(e);
    }
  }

  /** Of the same input. */
  private long recordsBefore(int index, long[] records) {
    long before = 0;
    for (int i = 0; i < index; i++) {
      before += plan.get(i).input() == plan.get(index).input() ? records[i] : 0;
    }
    return before;
  }

  /** Ends the threads, wherever they are, and removes the temporary files. */
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
