package org.bamarrow.cli;

import org.bamarrow.convert.IndexChoice;
import org.bamarrow.convert.RegionOptions;
import picocli.CommandLine.Option;

/** The regions, and where the index is that leads to them; a mixin. */
final class IndexedRegionArguments extends RegionArguments {
  @Option(
      names = {"-X", "--index"},
      paramLabel = "auto|off|INDEX",
      defaultValue = "auto",
      description =
          "The BAI or CSI that leads to the regions (default: auto, the one beside the BAM). It"
              + " saves work and never changes the rows; off reads the whole file.")
  private String index;

  RegionOptions toRegionOptions() {
    return regions().withIndex(IndexChoice.parse(index));
  }
}
