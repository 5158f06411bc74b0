package org.bamarrow.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.Regions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The region options of {@code samtools view}; a mixin. */
class RegionArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description =
          "Keep records that overlap this region: chr1, chr1:1000-2000 (1-based, inclusive)"
              + " or {name:1}:5-9; * for records without a reference. Repeatable; each record is"
              + " written once, in file order.")
  private List<String> regions = List.of();

  @Option(
      names = {"-L", "--regions-file", "--region-file", "--targets-file", "--target-file"},
      paramLabel = "BED",
      description =
          "Keep records that overlap an interval of this BED file (NAME START END, 0-based; or NAME"
              + " POS, 1-based; plain, gzip, bgzip or zstd; or -). Repeatable.")
  private List<String> files = List.of();

  /** The names of the BED files. */
  final List<String> files() {
    return files;
  }

  /**
   * The given regions, with their files read.
   *
   * @throws ParameterException if a file cannot be read
   */
  final RegionOptions regions() {
    Regions places = files.isEmpty() ? null : Regions.NONE;
    for (String file : files) {
      try {
        InputStream bed = StandardInput.open(file);
        places = places.union(Regions.readBed(bed, StandardInput.title(file)));
      } catch (NoSuchFileException missing) {
        throw new OptionParameterException(command.commandLine(), "-L", file + ": no such file");
      } catch (IOException e) {
        throw new OptionParameterException(
            command.commandLine(), "-L", Errors.sentence(e, new CommandWording(command)));
      }
    }
    return RegionOptions.defaults().withRegions(regions).withIntervals(places);
  }
}
