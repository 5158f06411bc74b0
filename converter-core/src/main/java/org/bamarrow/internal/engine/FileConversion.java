package org.bamarrow.internal.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.IndexChoice;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.Strategy;
import org.bamarrow.internal.index.IndexFiles;
import org.bamarrow.internal.index.UnusableIndexException;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.ipc.OutputTarget;
import org.bamarrow.internal.read.ReadStatistics;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;

/** One conversion of BAMs to one Arrow IPC file or stream, from opening to the report. */
public final class FileConversion {
  private FileConversion() {}

  /**
   * Converts BAMs, in the order given, to one Arrow IPC file or stream.
   *
   * @param sources files, or {@code -} for standard input
   * @param target a file, which appears only when it is whole, or {@code -} for standard output
   */
  public static ConvertReport run(
      List<String> sources, String target, ConvertOptions options, Progress progress)
      throws IOException {
    try (OutputTarget output = OutputTarget.open(target, options.output(), read(sources))) {
      try {
        return run(ByteSources.openAll(sources), output, target, options, progress);
      } catch (UnusableIndexException e) {
        if (!sources.stream().allMatch(name -> Files.isRegularFile(Path.of(name)))
            || !output.restart()) {
          throw e.asError();
        }
        progress.warn(e.warning(UnusableIndexException.WHOLE_FILE));
        ConvertOptions without = options.withRegions(options.regions().withIndex(IndexChoice.OFF));
        return run(ByteSources.openAll(sources), output, target, without, progress);
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

  private static ConvertReport run(
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
        handlers.add(IpcHandler.of(conversion, allocator, output));
      }
      try (RecordPipeline reader = conversion.reader(handlers)) {
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
}
