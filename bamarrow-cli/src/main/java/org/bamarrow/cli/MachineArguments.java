package org.bamarrow.cli;

import org.bamarrow.convert.Inflater;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;
import picocli.CommandLine.Option;

/** How much of the machine may be used; a mixin. Never changes the output. */
final class MachineArguments {
  @Option(
      names = {"-@", "--threads"},
      paramLabel = "N",
      description = {
        "Threads in all; each reads, inflates, decodes and writes (default: all processors)."
      })
  private Integer threads;

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      converter = Strategies.class,
      completionCandidates = Strategies.class,
      description = {
        "pipeline, sequential, which is one thread, or segments: parts of the inputs side by side,"
            + " each read by one thread (default: pipeline)."
      })
  private Strategy strategy;

  @Option(
      names = "--segments",
      paramLabel = "N",
      description = {
        "With --strategy segments: how many, of all inputs together (default: one for each 64 MiB,"
            + " at least one for each thread)."
      })
  private Integer segments;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = {
        "Most memory for chunks in flight, 1M or more; too little means fewer threads, and a record"
            + " may have a 16th of it (default: 512M, at most half the heap)."
      })
  private Long memory;

  @Option(
      names = "--read-buffer",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = "Most bytes of one read (default: 1M, at least 4K).")
  private Long readBuffer;

  @Option(
      names = "--inflater",
      paramLabel = "NAME",
      converter = InflaterNames.class,
      completionCandidates = InflaterNames.class,
      description = "auto (the fastest that loads), gkl, libdeflate or jdk (default: auto).")
  private Inflater inflater;

  /**
   * @param base for what is not asked for
   */
  MachineOptions toMachineOptions(MachineOptions base) {
    if (segments != null && strategy != Strategy.SEGMENTS) {
      throw new OptionException(
          OptionKey.SEGMENTS, " needs ", OptionKey.STRATEGY.setTo("segments"));
    }
    if (segments != null && segments < 1) {
      throw new OptionException(OptionKey.SEGMENTS, " " + segments + ": 1 or more");
    }
    return base.withStrategy(strategy == null ? base.strategy() : strategy)
        .withThreads(threads == null ? base.threads() : threads)
        .withInflater(inflater == null ? base.inflater() : inflater)
        .withMemoryBytes(memory == null ? base.memoryBytes() : memory)
        .withReadBytes(
            SizeConverter.toInt(
                OptionKey.READ_BUFFER, readBuffer, MachineOptions.MIN_READ_BYTES, base.readBytes()))
        .withSegments(segments == null ? base.segments() : segments);
  }

  static final class Strategies extends Words<Strategy> {
    Strategies() {
      super(Strategy.values());
    }
  }

  static final class InflaterNames extends Words<Inflater> {
    InflaterNames() {
      super(Inflater.values());
    }
  }
}
