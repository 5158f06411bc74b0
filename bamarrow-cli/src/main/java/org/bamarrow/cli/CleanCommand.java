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
 * {@code bamarrow clean}: removes the files that killed conversions left in a directory of parts.
 */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    description = {
      "Remove the files that killed conversions left in a directory of parts.",
      "These are files with names of parts that _manifest.json does not list, or all of"
          + " them if there is no manifest. Files of a conversion whose newest file is"
          + " younger than --older-than are kept, since it may be running."
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
      description =
          "Minimum age of the newest file of a conversion: 0, or a number with s, m, h or d"
              + " (default: 1h).")
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
          "bamarrow: %d file(s) were kept: the conversion that wrote them may be running; if it is"
              + " not, remove them with --older-than 0%n",
          cleaned.kept().size());
      err.flush();
    }
    return 0;
  }
}
