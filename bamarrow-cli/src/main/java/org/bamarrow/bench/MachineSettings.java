package org.bamarrow.bench;

import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Inflater;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.Strategy;

/** Default options with the given number of threads. */
final class MachineSettings {
  private MachineSettings() {}

  static ConvertOptions with(int threads, Inflater inflater) {
    ConvertOptions options = ConvertOptions.defaults();
    MachineOptions machine = options.machine();
    return options.withMachine(
        machine.withStrategy(Strategy.PIPELINE).withThreads(threads).withInflater(inflater));
  }
}
