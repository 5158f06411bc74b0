package org.bamarrow.cli;

import org.bamarrow.convert.MachineOptions;
import picocli.CommandLine.Option;

/** The memory budget, for commands that have no other options of the machine; a mixin. */
final class MemoryArgument {
  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = {
        "Most memory for chunks in flight, 1M or more; a record may have a 16th of it (default:"
            + " 512M, at most half the heap)."
      })
  private Long memory;

  /**
   * The budget asked for, else the default.
   *
   * @throws IllegalArgumentException if it is too little
   */
  long bytes() {
    MachineOptions machine = MachineOptions.defaults();
    return memory == null ? machine.memoryBytes() : machine.withMemoryBytes(memory).memoryBytes();
  }
}
