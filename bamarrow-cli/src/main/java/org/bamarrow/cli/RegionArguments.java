package org.bamarrow.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.Regions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The regions of {@code samtools view} in its words; a mixin. */
class RegionArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "Keep records that overlap chr1, chr1:1000-2000 (1-based) or {name:1}:5-9; * is those"
              + " without a reference. Repeatable; each record comes once, in file order.")
  private List<String> regions = List.of();

  @Option(
      names = {"-L", "--regions-file"},
      paramLabel = "BED",
      description =
          "Keep records that overlap an interval of this BED file (NAME START END, 0-based; or NAME"
              + " POS, 1-based; plain, gzip, bgzip or zstd). Repeatable.")
  private List<Path> files = List.of();

  /**
   * The regions asked for, with their files read.
   *
   * @throws ParameterException where a file cannot be read
   */
  final RegionOptions regions() {
    Regions places = files.isEmpty() ? null : Regions.NONE;
    for (Path file : files) {
      try {
        places = places.union(Regions.readBed(file));
      } catch (NoSuchFileException missing) {
        throw new OptionParameterException(
            command.commandLine(), "-L", file + ": there is no such file");
      } catch (IOException e) {
        throw new OptionParameterException(
            command.commandLine(), "-L", Errors.sentence(e, new CommandWords(command)));
      }
    }
    return RegionOptions.defaults().withRegions(regions).withPlaces(places);
  }
}
