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
          "BAI or CSI index for the regions: auto, the one next to the BAM (default); off,"
              + " none; or a file. An index reduces what is read and never changes the rows.")
  private String index;

  RegionOptions toRegionOptions() {
    return regions().withIndex(IndexChoice.parse(index));
  }
}
