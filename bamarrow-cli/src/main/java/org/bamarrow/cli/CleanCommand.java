package org.bamarrow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.bamarrow.errors.Printable;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.OrphanFiles;
import org.bamarrow.parts.OrphanFiles.Cleaned;
import org.bamarrow.parts.PartStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code bamarrow clean}: deletes the orphan files of killed conversions from a directory of parts.
 */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    description = {
      "Delete orphan files, which killed conversions leave in a directory of parts.",
      "Orphan files are part files that _manifest.json does not name, or all part files if there is"
          + " no manifest. No other files are deleted. The files of a running conversion look the"
          + " same, so those of a conversion with a recent file are kept."
    },
    footer = {
      "",
      "Examples:",
      "  bamarrow clean out/",
      "  bamarrow clean --older-than 0 out/         if no conversion is running"
    })
public class CleanCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = DurationConverter.class,
      description = {
        "Only files of conversions that have written nothing for this time: 0, or a number with s,"
            + " m, h or d (default: 1h)."
      })
  private Duration age;

  @Parameters(paramLabel = "OUT/", description = "A directory of parts.")
  private String directory;

  /**
   * Opens the directory.
   *
   * @throws IOException if it does not exist
   */
  protected PartStore open(String directory) throws IOException {
    if (!Files.isDirectory(Path.of(directory))) {
      throw new IOException(directory + ": no such directory");
    }
    return new LocalPartStore(directory, false);
  }

  @Override
  public Integer call() throws IOException {
    Cleaned cleaned = OrphanFiles.clean(open(directory), age, System.currentTimeMillis());
    PrintWriter out = spec.commandLine().getOut();
    cleaned.removed().forEach(name -> out.println("removed " + Printable.name(name)));
    out.flush();
    if (!cleaned.kept().isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.printf(
          "bamarrow: kept %d file(s) that may belong to a running conversion; if none is running,"
              + " delete them with --older-than 0%n",
          cleaned.kept().size());
      err.flush();
    }
    return 0;
  }
}
