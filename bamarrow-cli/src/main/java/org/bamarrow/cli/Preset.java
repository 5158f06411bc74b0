package org.bamarrow.cli;

import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Inflater;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.Strategy;

/** Sets of options; options given explicitly take precedence. */
enum Preset {
  /** All processors, a modest share of the memory. */
  DEFAULT,
  /** The whole process under 512 MB: small chunks, few in flight. */
  LOW_MEMORY,
  /** Larger chunks, so that threads synchronize less often, and memory for all of them. */
  MANY_CORES,
  /** For troubleshooting: one thread and the inflater of the JDK. */
  DIAGNOSTIC;

  ConvertOptions options() {
    ConvertOptions options = ConvertOptions.defaults();
    MachineOptions machine = options.machine();
    return switch (this) {
      case DEFAULT -> options;
      case LOW_MEMORY ->
          options
              .withBatches(new BatchOptions(5_000, 1 << 18, 2 << 20))
              .withMachine(machine(machine, 192L << 20, 1 << 18))
              .withOutput(options.output().withWriteBytes(1 << 20));
      case MANY_CORES ->
          options
              .withBatches(new BatchOptions(65_536, 4 << 20, 32 << 20))
              .withMachine(machine(machine, Runtime.getRuntime().maxMemory() / 2, 4 << 20));
      case DIAGNOSTIC ->
          options.withMachine(
              machine.withStrategy(Strategy.SEQUENTIAL).withThreads(1).withInflater(Inflater.JDK));
    };
  }

  private static MachineOptions machine(MachineOptions base, long memory, int readBytes) {
    return base.withMemoryBytes(memory).withReadBytes(readBytes);
  }

  /** The values of {@code --preset}. */
  static final class Names extends ChoiceConverter<Preset> {
    Names() {
      super(values());
    }
  }
}
