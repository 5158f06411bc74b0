package org.bamarrow.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.rewrite.ArrowFilters;
import org.bamarrow.verify.ArrowInput;
import org.bamarrow.verify.ArrowToSam;
import org.bamarrow.verify.ArrowToSam.Parts;
import org.bamarrow.verify.RowChoice;

/** Arrow data as SAM text, with the filters of a command. */
final class ArrowSam {
  private final Path input;
  private final RowOptions options;
  private final RegionOptions regions;
  private final Consumer<String> warnings;

  /**
   * @param input an Arrow file, stream or directory of parts
   * @param options filters; its limit is the maximum number of records
   */
  ArrowSam(Path input, RowOptions options, RegionOptions regions, Consumer<String> warnings) {
    this.input = input;
    this.options = options;
    this.regions = regions;
    this.warnings = warnings;
  }

  /** Writes to {@code out}, which stays open. */
  void write(OutputStream out, Parts parts) throws IOException {
    long most = options.limit() < 0 ? Long.MAX_VALUE : options.limit();
    if (!options.filters() && !regions.filters()) {
      ArrowToSam.write(input, out, parts, RowChoice.all(), most);
      return;
    }
    String name = input.toString();
    ArrowFilters filters = new ArrowFilters(List.of(input), options, regions, warnings);
    FilteredRows rows = new FilteredRows(name, filters, filters.on(name, ArrowInput.schema(input)));
    ArrowToSam.write(input, out, parts, rows, most);
    FilterNotes.of(filters.matches(), options, rows.rows()).forEach(warnings);
  }
}
