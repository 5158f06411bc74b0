package org.bamarrow;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.index.UnusableIndexException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;
import org.bamarrow.ipc.BatchCompressor;
import org.bamarrow.ipc.IpcHandler;
import org.bamarrow.ipc.IpcOutput;
import org.bamarrow.ipc.OutputTarget;
import org.bamarrow.read.ParallelReader;

/** Converts BAM to Arrow IPC: the front door of the library. */
public final class BamToArrow {
  private BamToArrow() {}

  /**
   * Converts BAMs, in the order given, to one Arrow IPC file or stream.
   *
   * @param sources files, or {@code -} for standard input
   * @param target a file, which appears only when it is whole, or {@code -} for standard output
   * @throws BamFormatException if an input is not sound
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
    try (OutputTarget output = OutputTarget.open(target, options.output(), sources)) {
      try {
        return convert(ByteSources.openAll(sources), output, target, options, progress);
      } catch (UnusableIndexException e) {
        if (!sources.stream().allMatch(name -> Files.isRegularFile(Path.of(name)))
            || !output.restart()) {
          throw e.asError();
        }
        progress.warn(e.getMessage() + "; reading the whole file");
        ConvertOptions without = options.with(options.regions().withoutIndex());
        return convert(ByteSources.openAll(sources), output, target, without, progress);
      }
    }
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
      IpcOutput output = target.output();
      List<IpcHandler> handlers = new ArrayList<>();
      for (int i = 0; i < conversion.workers(); i++) {
        handlers.add(
            new IpcHandler(
                conversion.newMaker(allocator),
                BatchCompressor.of(options.output(), allocator),
                output));
      }
      try (ParallelReader reader = conversion.reader(handlers)) {
        conversion.warnings().forEach(progress::warn);
        Progress.Watch watch = progress.watch(conversion.totalBytes(), reader::bytesRead);
        try {
          conversion.run(reader, () -> output.start(conversion::schema));
          conversion.checkCounts();
        } catch (UnusableIndexException | BamFormatException e) {
          throw conversion.usesIndex() ? UnusableIndexException.during(e) : e;
        } finally {
          output.abandon();
          watch.close();
        }
        output.finish();
        Reports.Written written =
            new Reports.Written(output.rows(), output.batches(), output.bytes());
        ConvertReport report = Reports.of(conversion, reader.statistics(), written, name, 0, begin);
        target.commit();
        return report;
      }
    }
  }
}
