package org.bamarrow.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/**
 * Runs the usual commands once on a small BAM, so that the JVM that the launcher starts for this
 * can archive the classes they load.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description =
        "Run the usual commands on a small BAM, to prepare the start-up archive of the"
            + " launcher.")
final class RehearseCommand implements Callable<Integer> {
  /** Of the first reference of synthetic BAMs. */
  private static final String REGION = "chr1:1-1000";

  @Parameters(paramLabel = "FOLDER", description = "Existing directory for the files.")
  private Path folder;

  @Parameters(paramLabel = "RECORDS", description = "Number of records in the BAM.")
  private String records;

  @Override
  public Integer call() {
    String bam = folder.resolve("rehearsal.bam").toString();
    String arrow = folder.resolve("rehearsal.arrow").toString();
    String copy = folder.resolve("copy.arrow").toString();
    List<List<String>> usual =
        List.of(
            List.of("synth", "--records", records, "--quiet", bam),
            List.of("count", bam),
            List.of("convert", "--force", bam, arrow),
            List.of("head", bam),
            List.of("count", "--region", REGION, arrow),
            List.of("view", "--region", REGION, arrow),
            List.of("convert", "--force", "--quiet", "--region", REGION, arrow, copy));
    for (List<String> words : usual) {
      if (words.get(0).equals("count")) {
        ArrowClasses.initialize(words.toArray(String[]::new)); // as Main does
      }
      int code = Main.execute(words.toArray(String[]::new));
      if (code != ExitCode.OK) {
        return code;
      }
    }
    return ExitCode.OK;
  }
}
