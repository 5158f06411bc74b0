package org.bamarrow.cli;

import org.bamarrow.convert.Inflater;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;
import picocli.CommandLine.Option;

/** Options for threads, memory and inflater; a mixin. They never change the output. */
final class MachineArguments {
  @Option(
      names = {"-@", "--threads"},
      paramLabel = "N",
      description =
          "Number of threads; each reads, inflates, decodes and writes (default: all"
              + " processors).")
  private Integer threads;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      converter = Strategies.class,
      completionCandidates = Strategies.class,
      description =
          "pipeline; sequential, which uses one thread; or segments, which reads ranges of"
              + " the inputs in parallel, each with one thread (default: pipeline).")
  private Strategy strategy;

  @Option(
      names = "--segments",
      paramLabel = "N",
      description =
          "Number of segments of all inputs together, with --strategy segments (default:"
              + " one per 64 MiB, at least one per thread).")
  private Integer segments;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "Maximum memory for chunks in flight, at least 1M; if it is too small, fewer"
              + " threads are used. A record may take up to 1/16 of it (default: 512M, at most"
              + " half the heap).")
  private Long memory;

  @Option(
      names = "--read-buffer",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Maximum bytes per read (default: 1M; minimum: 4K).")
  private Long readBuffer;

  @Option(
      names = "--inflater",
      paramLabel = "NAME",
      converter = InflaterNames.class,
      completionCandidates = InflaterNames.class,
      description = "auto (the fastest available), libdeflate, gkl, java or jdk (default: auto).")
  private Inflater inflater;

  /**
   * @param base values of options that are not given
   */
  MachineOptions toMachineOptions(MachineOptions base) {
    if (segments != null && strategy != Strategy.SEGMENTS) {
      throw new OptionException(
          OptionKey.SEGMENTS, " requires ", OptionKey.STRATEGY.setTo("segments"));
    }
    if (segments != null && segments < 1) {
      throw new OptionException(OptionKey.SEGMENTS, " " + segments + ": must be at least 1");
    }
    return base.withStrategy(strategy == null ? base.strategy() : strategy)
        .withThreads(threads == null ? base.threads() : threads)
        .withInflater(inflater == null ? base.inflater() : inflater)
        .withMemoryBytes(memory == null ? base.memoryBytes() : memory)
        .withReadBytes(SizeConverter.toInt(OptionKey.READ_BUFFER, readBuffer, base.readBytes()))
        .withSegments(segments == null ? base.segments() : segments);
  }

  static final class Strategies extends ChoiceConverter<Strategy> {
    Strategies() {
      super(Strategy.values());
    }
  }

  static final class InflaterNames extends ChoiceConverter<Inflater> {
    InflaterNames() {
      super(Inflater.values());
    }
  }
}
