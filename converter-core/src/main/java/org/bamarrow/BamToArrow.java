package org.bamarrow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.index.IndexFiles;
import org.bamarrow.index.UnusableIndexException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;
import org.bamarrow.ipc.BatchCompressor;
import org.bamarrow.ipc.IpcHandler;
import org.bamarrow.ipc.IpcOutput;
import org.bamarrow.ipc.OutputTarget;
import org.bamarrow.read.ParallelReader;
import org.bamarrow.read.ReadStatistics;

/** Converts BAM to Arrow IPC: the front door of the library. */
public final class BamToArrow {
  private BamToArrow() {}

  /**
   * Converts BAMs, in the order given, to one Arrow IPC file or stream.
   *
   * @param sources files, or {@code -} for standard input
   * @param target a file, which appears only when it is whole, or {@code -} for standard output
   * @throws BamFormatException if an input is not sound
   * @throws java.io.InterruptedIOException if the thread is interrupted, whose flag stays set
   * @throws IOException if something cannot be read or written
   * @throws IllegalArgumentException if options contradict each other
   */
  public static ConvertReport convert(List<String> sources, String target, ConvertOptions options)
      throws IOException {
    return convert(sources, target, options, Progress.NONE);
  }

  /** As {@link #convert(List, String, ConvertOptions)}, watched. */
  public static ConvertReport convert(
      List<String> sources, String target, ConvertOptions options, Progress progress)
      throws IOException {
    try (OutputTarget output = OutputTarget.open(target, options.output(), read(sources))) {
      try {
        return convert(ByteSources.openAll(sources), output, target, options, progress);
      } catch (UnusableIndexException e) {
        if (!sources.stream().allMatch(name -> Files.isRegularFile(Path.of(name)))
            || !output.restart()) {
          throw e.asError();
        }
        progress.warn(e.warning(UnusableIndexException.WHOLE_FILE));
        ConvertOptions without = options.with(options.regions().withoutIndex());
        return convert(ByteSources.openAll(sources), output, target, without, progress);
      }
    }
  }

  /** The inputs and the indexes that lie beside them. */
  private static List<String> read(List<String> sources) throws IOException {
    List<String> read = new ArrayList<>(sources);
    for (String source : sources) {
      String index = IndexFiles.LOCAL.besideForRegions(source);
      if (index != null) {
        read.add(index);
      }
    }
    return read;
  }

  private static ConvertReport convert(
      List<ByteSource> sources,
      OutputTarget target,
      String name,
      ConvertOptions options,
      Progress progress)
      throws IOException {
    long begin = System.nanoTime();
    try (Conversion conversion = new Conversion(sources, options);
        BufferAllocator allocator = new RootAllocator()) {
      IpcOutput output = target.output(conversion.workers());
      if (conversion.strategy() == Strategy.SEGMENTS) {
        try (Segments segments = new Segments(conversion, target, output, allocator)) {
          ReadStatistics read = watched(conversion, progress, segments::bytesRead, segments::run);
          return finish(conversion, read, target, output, name, begin);
        }
      }
      List<IpcHandler> handlers = new ArrayList<>();
      for (int i = 0; i < conversion.workers(); i++) {
        handlers.add(newHandler(conversion, allocator, output));
      }
      try (ParallelReader reader = conversion.reader(handlers)) {
        conversion.regions().warnings().forEach(progress::warn);
        Run run =
            () -> {
              try {
                conversion.run(reader, () -> output.start(conversion::ipcSchema));
                conversion.regions().checkCounts();
              } catch (UnusableIndexException | BamFormatException e) {
                throw conversion.regions().usesIndex() ? UnusableIndexException.during(e) : e;
              } finally {
                output.abandon();
              }
              return reader.statistics();
            };
        ReadStatistics read = watched(conversion, progress, reader::bytesRead, run);
        return finish(conversion, read, target, output, name, begin);
      }
    }
  }

  /** Reads everything into the output. */
  private interface Run {
    ReadStatistics run() throws IOException;
  }

  private static ReadStatistics watched(
      Conversion conversion, Progress progress, LongSupplier bytesRead, Run run)
      throws IOException {
    Progress.Watch watch = progress.watch(conversion.totalBytes(), bytesRead);
    try {
      return run.run();
    } finally {
      watch.close();
    }
  }

  private static ConvertReport finish(
      Conversion conversion,
      ReadStatistics read,
      OutputTarget target,
      IpcOutput output,
      String name,
      long begin)
      throws IOException {
    output.finish();
    Reports.Written written =
        new Reports.Written(output.rows(), output.batches(), output.bytes(), output.directBytes());
    ConvertReport report = Reports.of(conversion, read, written, name, 0, begin);
    target.commit();
    return report;
  }

  /** One worker's way to an output. */
  static IpcHandler newHandler(Conversion conversion, BufferAllocator allocator, IpcOutput output)
      throws IOException {
    return new IpcHandler(
        conversion.newMaker(allocator),
        BatchCompressor.of(conversion.options().output(), allocator),
        output);
  }
}
