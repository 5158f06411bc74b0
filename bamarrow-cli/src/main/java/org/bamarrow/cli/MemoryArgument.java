package org.bamarrow.cli;

import org.bamarrow.convert.MachineOptions;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;
import picocli.CommandLine.Option;

/**
 * The memory limit, for commands without the other options of {@link MachineArguments}; a mixin.
 */
final class MemoryArgument {
  static final int LEAST = 1 << 20;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      converter = SizeConverter.class,
      description =
          "Maximum memory for chunks in flight, at least 1M; a record may take up to 1/16"
              + " of it (default: 512M, at most half the heap).")
  private Long memory;

  long bytes() {
    return bytes(memory, MachineOptions.ofThisMachine().memoryBytes());
  }

  /**
   * @param asked null: not given
   * @throws IllegalArgumentException if it is too small
   */
  static long bytes(Long asked, long otherwise) {
    if (asked != null && asked < LEAST) {
      throw new OptionException(OptionKey.MEMORY, " " + asked + ": at least 1M");
    }
    return asked == null ? otherwise : asked;
  }
}
