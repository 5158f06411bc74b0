package org.bamarrow.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.internal.ipc.NamedOutput;
import org.bamarrow.internal.ipc.ScratchFolder;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.bamarrow.synth.SynthReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bamarrow demo}: shows bamarrow on a machine without a BAM. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Generate a BAM of a million reads, convert it and show the first rows.",
      "The files are deleted at the end."
    },
    footer = {"", "Examples:", "  bamarrow demo", "  bamarrow demo --keep my-folder"})
final class DemoCommand implements Callable<Integer> {
  private static final int FAST_DEFLATE = 1;
  private static final int SHOWN = 5;
  private static final String NAME = "bamarrow-demo-";

  @Spec private CommandSpec spec;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Number of reads (default: 1000000).")
  private long records;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Random seed (default: 1).")
  private long seed;

  @Option(names = "--keep", description = "Keep demo.bam and demo.arrow.")
  private boolean keep;

  @Parameters(
      arity = "0..1",
      paramLabel = "FOLDER",
      description =
          "Directory for the files, about 0.7 GB; without --keep, for a new directory"
              + " within it (default: the directory for temporary files).")
  private Path folder;

  @Override
  public Integer call() throws IOException {
    if (keep) {
      run(folder == null ? Files.createTempDirectory(NAME) : folder);
      return 0;
    }
    try (ScratchFolder scratch = ScratchFolder.in(folder, NAME)) {
      run(scratch.path());
    }
    return 0;
  }

  private void run(Path where) throws IOException {
    Path bam = where.resolve("demo.bam");
    Path arrow = where.resolve("demo.arrow");
    for (Path file : List.of(bam, arrow)) {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(file.toString(), null, "already exists; move it away");
      }
    }
    run(bam, arrow);
  }

  private void run(Path bam, Path arrow) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    SynthOptions synth = SynthOptions.of(SynthProfile.SHORT, records, seed);
    SynthReport made = make(bam, synth.withBlocks(true, FAST_DEFLATE, synth.blockBytes()));
    out.printf(
        "Generated %s: %,d reads, %s.%n%n", bam, made.records(), ReportText.bytes(made.bytes()));
    out.flush();
    ConvertReport report =
        BamToArrow.convert(List.of(bam.toString()), arrow.toString(), ConvertOptions.defaults());
    ReportText.print(report, false, out);
    out.printf("%nThe first rows:%n%n");
    FirstRows.print(arrow, SHOWN, out);
    if (keep) {
      out.printf("%nIn Python: pyarrow.ipc.open_file('%s').read_all()%n", arrow);
    }
    out.flush();
  }

  private static SynthReport make(Path bam, SynthOptions options) throws IOException {
    try (NamedOutput place = NamedOutput.open(bam.toString(), false, List.of())) {
      SynthReport made = SynthBam.write(new BufferedOutputStream(place.stream(), 1 << 20), options);
      place.commit(false);
      return made;
    }
  }
}
