package org.bamarrow.internal.parts;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.Progress;
import org.bamarrow.internal.base.Rethrow;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.parts.PartPlan.Cut;
import org.bamarrow.internal.parts.PartWaves.Task;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.io.ByteSources;
import org.bamarrow.io.Interrupts;
import org.bamarrow.parts.PartStore;

/** Writes parts on the threads of this machine, each of which writes one part at a time. */
public final class LocalPartExecutor implements PartExecutor {
  private final PartsJob job;
  private final PartStore store;
  private final BufferAllocator allocator = new RootAllocator();
  private final ExecutorService threads;
  private final Progress.Watch watch;

  /** Attempts so far, by part; used by the driving thread only. */
  private final int[] attempts;

  /** The writers at work. */
  private final Queue<PartWriter> writers = new ConcurrentLinkedQueue<>();

  private final AtomicLong finishedBytes = new AtomicLong();

  /** Parts after this one need not be finished, because it failed. */
  private final AtomicInteger failed = new AtomicInteger(Integer.MAX_VALUE);

  private LocalPartExecutor(PartsJob job, PartStore store, Progress progress) {
    this.job = job;
    this.store = store;
    this.attempts = new int[job.partInputs().size()];
    Conversion conversion = job.conversion();
    this.threads = Executors.newFixedThreadPool(conversion.workers());
    this.watch = progress.watch(conversion.totalBytes(), this::bytesRead);
  }

  /**
   * Converts BAM files, in the order given, as {@link org.bamarrow.BamToParts} says.
   *
   * @param cut plans the parts
   */
  public static ConvertReport convert(
      List<String> sources, PartStore store, ConvertOptions options, Cut cut, Progress progress)
      throws IOException {
    requireFiles(sources);
    return PartsJob.run(
        store,
        options.output().force(),
        () -> new Conversion(ByteSources.openAll(sources), options),
        cut,
        job -> {
          job.conversion().regions().warnings().forEach(progress::warn);
          return new LocalPartExecutor(job, store, progress);
        });
  }

  /** Before any is opened: opening a FIFO may block forever. */
  private static void requireFiles(List<String> sources) {
    for (String source : sources) {
      boolean stream =
          source.equals(ByteSources.STANDARD_INPUT)
              || Files.exists(Path.of(source)) && !Files.isRegularFile(Path.of(source));
      if (stream) {
        throw new IllegalArgumentException(
            source + ": cannot be cut into parts; name a file, or write one output");
      }
    }
  }

  @Override
  public List<PartResult> write(List<Task> wave) throws IOException {
    List<Future<PartResult>> running = new ArrayList<>();
    for (Task task : wave) {
      running.add(threads.submit(attempt(task)));
    }
    List<PartResult> results = new ArrayList<>();
    for (Future<PartResult> part : running) {
      results.add(await(part));
    }
    return results;
  }

  /** Waits, because the part files must not change any more once the job is aborted. */
  @Override
  public void close() {
    failed.set(-1); // the results of running tasks are no longer needed
    end(threads);
    watch.close();
    allocator.close();
  }

  private Callable<PartResult> attempt(Task task) {
    String attempt = String.valueOf(attempts[task.number()]++);
    return () -> {
      try {
        return write(task, attempt);
      } catch (IOException | RuntimeException | Error e) {
        failed.accumulateAndGet(task.number(), Math::min);
        throw e;
      }
    };
  }

  private PartResult write(Task task, String attempt) throws IOException {
    if (isObsolete(task)) {
      throw new InterruptedIOException("not started");
    }
    PartInput part = job.partInputs().get(task.number());
    PartWriter writer =
        new PartWriter(
            job.conversion(), job.schema(), job.names().parts(), allocator, () -> isObsolete(task));
    writers.add(writer);
    String name = job.names().name(task.number(), attempt);
    try (OutputStream out = store.create(name)) {
      BamInput input = job.conversion().inputs().get(part.input());
      return writer.write(input, part, task.limit(), name, out);
    } finally {
      finishedBytes.addAndGet(writer.bytesRead());
      writers.remove(writer);
    }
  }

  private boolean isObsolete(Task task) {
    return failed.get() < task.number();
  }

  private static PartResult await(Future<PartResult> part) throws IOException {
    try {
      Interrupts.check();
      return part.get();
    } catch (ExecutionException e) {
      throw Rethrow.causeOf(e);
    } catch (InterruptedException e) {
      throw Interrupts.interrupted("interrupted while parts were being written", e);
    }
  }

  private static void end(ExecutorService threads) {
    threads.shutdown();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.DAYS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private long bytesRead() {
    return finishedBytes.get() + writers.stream().mapToLong(PartWriter::bytesRead).sum();
  }
}
