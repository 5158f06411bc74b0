package org.bamarrow.cli;

import org.bamarrow.convert.MachineOptions;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;
import picocli.CommandLine.Option;

/** The memory budget, for commands that have no other options of the machine; a mixin. */
final class MemoryArgument {
  static final int LEAST = 1 << 20;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description = {
        "Most memory for chunks in flight, 1M or more; a record may have a 16th of it (default:"
            + " 512M, at most half the heap)."
      })
  private Long memory;

  long bytes() {
    return bytes(memory, MachineOptions.ofThisMachine().memoryBytes());
  }

  /**
   * @param asked null: not asked for
   * @throws IllegalArgumentException if it is too little
   */
  static long bytes(Long asked, long otherwise) {
    if (asked != null && asked < LEAST) {
      throw new OptionException(OptionKey.MEMORY, " " + asked + ": at least 1M");
    }
    return asked == null ? otherwise : asked;
  }
}
