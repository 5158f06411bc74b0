package org.bamarrow.parts;

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
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.Conversion;
import org.bamarrow.ConvertOptions;
import org.bamarrow.ConvertReport;
import org.bamarrow.Progress;
import org.bamarrow.Reports;
import org.bamarrow.index.RegionScope;
import org.bamarrow.io.ByteSources;
import org.bamarrow.parts.PartWaves.Task;
import org.bamarrow.read.BamInput;
import org.bamarrow.read.ReadStatistics;

/**
 * Converts BAMs to a local directory of parts: what a cluster does, on this machine's threads, each
 * of which carries one part at a time.
 */
public final class PartsConversion {
  private final Conversion conversion;
  private final PartStore store;
  private final BufferAllocator allocator;
  private final List<InputSplit> splits;
  private final PartNames names;
  private final Schema schema;

  /** So far, by part; of the driving thread. */
  private final int[] attempts;

  private final Queue<PartWriter> writers = new ConcurrentLinkedQueue<>();

  /** Parts behind this one need not be finished: it has failed. */
  private final AtomicInteger failed = new AtomicInteger(Integer.MAX_VALUE);

  private PartsConversion(
      Conversion conversion, PartStore store, BufferAllocator allocator, Cut cut, String job)
      throws IOException {
    this.conversion = conversion;
    this.store = store;
    this.allocator = allocator;
    this.splits = cut.splits(sizes(conversion), conversion.options().batches().chunkBytes());
    this.names = new PartNames(job, splits.size());
    this.attempts = new int[splits.size()];
    this.schema = conversion.schema();
  }

  /** Cuts inputs into parts, as {@link PartPlan} does. */
  public interface Cut {
    List<InputSplit> splits(List<Long> sizes, long grid);
  }

  /**
   * Converts BAMs, in the order given.
   *
   * @param sources files
   * @param directory which is complete, or as it was before, when this returns or throws
   * @throws org.bamarrow.BamFormatException if an input is not sound: the first error in the order
   *     of the parts
   * @throws IOException if something cannot be read or written
   * @throws IllegalArgumentException if options contradict each other
   */
  public static ConvertReport convert(
      List<String> sources, String directory, ConvertOptions options, Cut cut, Progress progress)
      throws IOException {
    PartStore store = new LocalPartStore(directory, options.output().durable());
    return convert(sources, store, options, cut, progress);
  }

  static ConvertReport convert(
      List<String> sources, PartStore store, ConvertOptions options, Cut cut, Progress progress)
      throws IOException {
    long begin = System.nanoTime();
    requireFiles(sources);
    requireNoIndex(options.regions().index());
    String job = PartNames.newJob();
    PartsCommit commit = PartsCommit.begin(store, job, options.output().force());
    try (Conversion conversion = new Conversion(ByteSources.openAll(sources), options);
        BufferAllocator allocator = new RootAllocator()) {
      PartsConversion parts = new PartsConversion(conversion, store, allocator, cut, job);
      try {
        List<PartResult> results = parts.write(progress);
        ConvertReport report = parts.report(results, begin);
        commit.commit(parts.manifest(results));
        return report;
      } catch (IOException | RuntimeException | Error e) {
        try {
          commit.abort();
        } catch (IOException aborting) {
          e.addSuppressed(aborting);
        }
        throw e;
      }
    }
  }

  /** Before any is opened: opening a FIFO may wait for ever. */
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

  /** What is looked for beside the BAM may be left unused; what was named must not be. */
  private static void requireNoIndex(String index) {
    if (!index.equals(RegionScope.AUTO) && !index.equals(RegionScope.OFF)) {
      throw new IllegalArgumentException(
          "--index " + index + ": parts cover their inputs whole and are not led by an index");
    }
  }

  private static List<Long> sizes(Conversion conversion) {
    return conversion.inputs().stream().map(input -> input.source().size()).toList();
  }

  private List<PartResult> write(Progress progress) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(conversion.workers());
    Progress.Watch watch = progress.watch(conversion.totalBytes(), this::bytesRead);
    try {
      PartWaves waves = new PartWaves(splits.size(), conversion.options().rows().limit());
      List<Task> wave;
      while (!(wave = waves.next()).isEmpty()) {
        List<Future<PartResult>> running = new ArrayList<>();
        for (Task task : wave) {
          running.add(threads.submit(attempt(task)));
        }
        for (int i = 0; i < running.size(); i++) {
          waves.done(wave.get(i), await(running.get(i)));
        }
      }
      return waves.winners();
    } finally {
      failed.set(-1); // whatever still runs is not wanted
      end(threads);
      watch.close();
    }
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
    if (isNeedless(task)) {
      throw new InterruptedIOException("not started");
    }
    InputSplit split = splits.get(task.number());
    PartWriter writer = new PartWriter(conversion, schema, allocator, () -> isNeedless(task));
    writers.add(writer);
    String name = names.name(task.number(), attempt);
    try (OutputStream out = store.create(name)) {
      BamInput input = conversion.inputs().get(split.input());
      return writer.write(input, split, task.limit(), name, out);
    }
  }

  private boolean isNeedless(Task task) {
    return failed.get() < task.number();
  }

  private static PartResult await(Future<PartResult> part) throws IOException {
    try {
      return part.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) {
        throw io;
      }
      if (e.getCause() instanceof RuntimeException runtime) {
        throw runtime;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Waits, for the parts' files must not change any more when the job is aborted. */
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
    return writers.stream().mapToLong(PartWriter::bytesRead).sum();
  }

  private Manifest manifest(List<PartResult> results) throws IOException {
    List<Manifest.Input> inputs = conversion.inputs().stream().map(Manifest.Input::of).toList();
    return Manifest.of(
        names.job(), schema, inputs, results.stream().map(PartResult::part).toList());
  }

  private ConvertReport report(List<PartResult> results, long begin) throws IOException {
    ReadStatistics read =
        results.stream().map(PartResult::statistics).reduce(ReadStatistics::plus).orElseThrow();
    Reports.Written written =
        new Reports.Written(
            results.stream().mapToLong(result -> result.part().rows()).sum(),
            results.stream().mapToLong(PartResult::batches).sum(),
            results.stream().mapToLong(result -> result.part().bytes()).sum());
    return Reports.of(conversion, read, written, store.name(), results.size(), begin);
  }
}
