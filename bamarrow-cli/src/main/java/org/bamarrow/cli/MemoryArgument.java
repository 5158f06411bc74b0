package org.bamarrow.cli;

import org.bamarrow.convert.MachineOptions;
import picocli.CommandLine.Option;

/**
 * The memory limit, for commands without the other options of {@link MachineArguments}; a mixin.
 */
final class MemoryArgument {
  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "Maximum memory for chunks in flight, at least 1M; a record may take up to 1/16"
              + " of it (default: 512M, at most half the heap).")
  private Long memory;

  /**
   * The given memory or the default.
   *
   * @throws IllegalArgumentException if it is too small
   */
  long bytes() {
    MachineOptions machine = MachineOptions.defaults();
    return memory == null ? machine.memoryBytes() : machine.withMemoryBytes(memory).memoryBytes();
  }
}
