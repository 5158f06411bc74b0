package org.bamarrow.internal.engine;

import java.io.IOException;
import java.nio.channels.WritableByteChannel;
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
import org.bamarrow.internal.zone.ZoneMap;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;

/** One conversion of BAMs to one Arrow IPC file or stream, from opening to the report. */
public final class FileConversion {
  private FileConversion() {}

  /**
   * Converts BAMs, in the order given, to one Arrow IPC file or stream. If an index is found to be
   * unusable after reading has started, the files are converted again without it.
   *
   * @param names file names, or {@code -} for standard input
   * @param target a file, which appears only when it is complete, or {@code -} for standard output
   */
  public static ConvertReport ofFiles(
      List<String> names, String target, ConvertOptions options, Progress progress)
      throws IOException {
    try (OutputTarget output = OutputTarget.open(target, options.output(), read(names))) {
      try {
        return convert(ByteSources.openAll(names), output, options, progress);
      } catch (UnusableIndexException e) {
        if (!names.stream().allMatch(name -> Files.isRegularFile(Path.of(name)))
            || !output.restart()) {
          throw e.asError();
        }
        progress.warn(e.warning(UnusableIndexException.WHOLE_FILE));
        ConvertOptions without = options.withRegions(options.regions().withIndex(IndexChoice.OFF));
        return convert(ByteSources.openAll(names), output, without, progress);
      }
    }
  }

  /**
   * As {@link #ofFiles}, for sources that cannot be reopened: an index that is found to be unusable
   * after reading has started fails the conversion.
   *
   * @param sources ownership is taken, also on failure
   */
  public static ConvertReport ofSources(
      List<? extends ByteSource> sources, String target, ConvertOptions options, Progress progress)
      throws IOException {
    return ofSources(
        sources,
        () -> {
          List<String> names = sources.stream().map(ByteSource::name).toList();
          return OutputTarget.open(target, options.output(), read(names));
        },
        options,
        progress);
  }

  /**
   * As {@link #ofSources(List, String, ConvertOptions, Progress)}, to a channel.
   *
   * @param target blocking; owned by the caller
   */
  public static ConvertReport ofSources(
      List<? extends ByteSource> sources,
      WritableByteChannel target,
      ConvertOptions options,
      Progress progress)
      throws IOException {
    return ofSources(sources, () -> OutputTarget.of(target, options.output()), options, progress);
  }

  /** Opens the output before anything is read, so that its errors are reported first. */
  private interface Opener {
    OutputTarget open() throws IOException;
  }

  private static ConvertReport ofSources(
      List<? extends ByteSource> sources, Opener target, ConvertOptions options, Progress progress)
      throws IOException {
    OutputTarget opened;
    try {
      opened = target.open();
    } catch (IOException | RuntimeException e) {
      ByteSources.closeAll(sources, e);
      throw e;
    }
    try (OutputTarget output = opened) {
      return convert(List.copyOf(sources), output, options, progress);
    } catch (UnusableIndexException e) {
      throw e.asError();
    }
  }

  /** The inputs and the indexes next to them. */
  private static List<String> read(List<String> names) throws IOException {
    List<String> read = new ArrayList<>(names);
    for (String name : names) {
      String index = IndexFiles.LOCAL.findForRegions(name);
      if (index != null) {
        read.add(index);
      }
    }
    return read;
  }

  private static ConvertReport convert(
      List<ByteSource> sources, OutputTarget target, ConvertOptions options, Progress progress)
      throws IOException {
    long begin = System.nanoTime();
    try (Conversion conversion = new Conversion(sources, options);
        BufferAllocator allocator = new RootAllocator()) {
      IpcOutput output = target.output(conversion.workers());
      output.keepZones(new ZoneMap(conversion.zoneColumns()));
      if (conversion.strategy() == Strategy.SEGMENTS) {
        try (Segments segments = new Segments(conversion, target, output, allocator)) {
          ReadStatistics read = watched(conversion, progress, segments::bytesRead, segments::run);
          return finish(conversion, read, target, output, begin);
        }
      }
      List<IpcHandler> handlers = new ArrayList<>();
      for (int i = 0; i < conversion.workers(); i++) {
        handlers.add(IpcHandler.of(conversion, allocator, output));
      }
      try (RecordPipeline pipeline = conversion.newPipeline(handlers)) {
        conversion.regions().warnings().forEach(progress::warn);
        Run run =
            () -> {
              try {
                conversion.run(pipeline, () -> output.start(conversion::ipcSchema));
                conversion.regions().checkCounts();
              } catch (UnusableIndexException | BamFormatException e) {
                throw conversion.regions().usesIndex() ? UnusableIndexException.during(e) : e;
              } finally {
                output.abandon();
              }
              return pipeline.statistics();
            };
        ReadStatistics read = watched(conversion, progress, pipeline::bytesRead, run);
        return finish(conversion, read, target, output, begin);
      }
    }
  }

  /** Converts all records to the output. */
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
      Conversion conversion, ReadStatistics read, OutputTarget target, IpcOutput output, long begin)
      throws IOException {
    output.finish();
    Reports.Written written =
        new Reports.Written(output.rows(), output.batches(), output.bytes(), output.directBytes());
    ConvertReport report = Reports.of(conversion, read, written, target.name(), 0, begin);
    target.commit();
    return report;
  }
}
