package org.bamarrow.cli;

import org.bamarrow.convert.RegionOptions;
import picocli.CommandLine.Option;

/** The regions, and where the index is that leads to them; a mixin. */
final class IndexedRegionArguments extends RegionArguments {
  @Option(
      names = {"-X", "--index"},
      paramLabel = "auto|off|INDEX",
      defaultValue = RegionOptions.AUTO,
      description =
          "The BAI or CSI that leads to the regions (default: auto, the one beside the BAM). It"
              + " saves work and never changes the rows; off reads the whole file.")
  private String index;

  RegionOptions toRegionOptions() {
    RegionOptions asked = regions();
    return new RegionOptions(asked.regions(), asked.places(), index);
  }
}
