package org.bamarrow.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.ArrowToArrow;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.ArrowReport;
import org.bamarrow.convert.DirectIo;
import org.bamarrow.convert.Progress;
import org.bamarrow.internal.ipc.NamedOutput;
import org.bamarrow.parts.PartSize;

/** {@code bamarrow convert} of Arrow data. */
final class ArrowConvert {
  /** The options of {@code convert} that apply to Arrow data, each by one of its names. */
  static final String[] OPTIONS = {
    "--columns",
    "--sequence",
    "--quality",
    "--tags",
    "--other-tags",
    "-f",
    "-F",
    "-G",
    "--include-flags",
    "-q",
    "-e",
    "-m",
    "-l",
    "-r",
    "-R",
    "--exclude-no-read-group",
    "-d",
    "-D",
    "-N",
    "-s",
    "--subsample",
    "--subsample-seed",
    "--limit",
    "--region",
    "-L",
    "--batch-rows",
    "--batch-bytes",
    "--parts",
    "--part-size",
    "--threads",
    "--memory",
    "--format",
    "--compression",
    "--write-buffer",
    "--direct-io",
    "--force",
    "--durable",
    "--report",
    "--quiet"
  };

  private final String input;
  private final String target;
  private final ArrowOptions options;
  private final PartSize parts;
  private final List<String> lists;

  /**
   * @param parts null: one file or stream
   * @param lists files of filters, which must not be the output
   */
  ArrowConvert(
      String input, String target, ArrowOptions options, PartSize parts, List<String> lists) {
    this.input = input;
    this.target = target;
    this.options = options;
    this.parts = parts;
    this.lists = lists;
  }

  /**
   * @param report name of the file for the report, or null
   * @param notes for notes and the report; null: none
   */
  void run(String report, PrintWriter notes) throws IOException {
    if (parts != null && options.output().directIo() == DirectIo.ALWAYS) {
      throw new IllegalArgumentException("--direct-io always cannot be used with parts");
    }
    Progress progress = StandardErrorProgress.of(notes);
    NamedOutput.requireNoInput(target, lists);
    List<String> read = new ArrayList<>(lists);
    read.addAll(ArrowArguments.files(Path.of(input)));
    boolean force = options.output().force();
    try (ReportJson file = report == null ? null : ReportJson.open(report, target, force, read)) {
      ArrowReport done = convert(progress);
      if (notes != null) {
        long rows = done.rowsRead() + done.rowsLeftOut();
        FilterNotes.of(done.lists(), options.rows(), rows).forEach(progress::warn);
        ReportText.print(done, notes);
      }
      if (file != null) {
        file.write(done);
      }
    }
  }

  private ArrowReport convert(Progress progress) throws IOException {
    Path from = Path.of(input);
    return parts == null
        ? ArrowToArrow.convert(from, target, options, progress)
        : ArrowToArrow.convertToParts(from, target, parts, options, progress);
  }
}
