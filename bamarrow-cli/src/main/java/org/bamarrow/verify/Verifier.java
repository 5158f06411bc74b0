package org.bamarrow.verify;

import htsjdk.samtools.SAMRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.verify.VerifyResult.Difference;

/**
 * Verifies a conversion: reads the BAM files with htsjdk, which shares no code with the converter,
 * and compares every field of every row of an Arrow file, using the options in its metadata.
 * Streams both sides: memory holds one batch and one record.
 */
public final class Verifier {
  private final List<String> bams;
  private final Path arrow;
  private final RowOptions lists;
  private final RegionOptions regions;
  private long rows;
  private long fields;

  /** The expected value of the {@code file} column for the current file. */
  private String fileName;

  private Verifier(List<String> bams, Path arrow, RowOptions lists, RegionOptions regions) {
    this.bams = bams;
    this.arrow = arrow;
    this.lists = lists;
    this.regions = regions;
  }

  /**
   * Compares and passes the outcome to {@code sink} as one line.
   *
   * @param bams the BAM files in the order of the conversion
   * @param arrow an Arrow IPC file or stream that bamarrow wrote
   * @throws IOException if a file cannot be read, or the Arrow file is invalid or was not written
   *     by bamarrow
   */
  public static VerifyResult verify(List<String> bams, Path arrow, Consumer<String> sink)
      throws IOException {
    return verify(bams, arrow, RowOptions.defaults(), RegionOptions.defaults(), sink);
  }

  /**
   * As {@link #verify(List, Path, Consumer)}, for a conversion whose filters had long lists.
   *
   * @param lists the lists of the conversion's filters; its other filters are ignored
   * @param regions those of the conversion; its index is ignored
   * @throws IllegalArgumentException if a list is needed but not given, or differs
   */
  public static VerifyResult verify(
      List<String> bams, Path arrow, RowOptions lists, RegionOptions regions, Consumer<String> sink)
      throws IOException {
    VerifyResult result = new Verifier(bams, arrow, lists, regions).run();
    sink.accept(result.message());
    return result;
  }

  private VerifyResult run() throws IOException {
    try (ArrowInput input = new ArrowInput(arrow)) {
      return compare(input);
    } catch (ClassCastException | IllegalStateException | IndexOutOfBoundsException e) {
      throw new IOException(
          arrow + ": it holds values that bamarrow does not write: " + e.getMessage(), e);
    } catch (HtsjdkException e) {
      return VerifyResult.notReadable(rows, fields, e.getMessage());
    }
  }

  private VerifyResult compare(ArrowInput input) throws IOException, HtsjdkException {
    OutputMetadata metadata = input.outputMetadata();
    SchemaCheck schema = new SchemaCheck(metadata);
    TagChecks tags = new TagChecks(metadata);
    List<ColumnCheck> checks;
    try {
      schema.checkColumns(input.root());
      schema.checkInputs(bams.size());
      for (int i = 0; i < bams.size(); i++) {
        try (HtsFile file = new HtsFile(bams.get(i))) {
          schema.checkFile(i, file);
        }
      }
      schema.checkUnion();
      checks = schema.columns(input.root(), tags, file -> fileName);
    } catch (Mismatch e) {
      return different(arrow.toString(), 0, 0, e);
    }
    RowSteps steps = metadata.steps(lists, regions, schema.references());
    ArrowRows rowsOfArrow = new ArrowRows(input);
    String last = arrow.toString();
    for (int i = 0; i < bams.size() && !steps.isDone(); i++) {
      // one at a time: there may be more than the limit of open files
      try (HtsFile file = new HtsFile(bams.get(i))) {
        fileName = i < metadata.toldInputs() ? metadata.input(i).file() : null;
        HtsRecord record =
            new HtsRecord(
                file,
                metadata.columns.textEncoding() == TextEncoding.LATIN_1,
                metadata.columns.coordinates() == Coordinates.ZERO_BASED ? 0 : 1);
        SAMRecord next;
        for (long number = 1; !steps.isDone() && (next = file.next(number)) != null; number++) {
          record.reset(next, number);
          if (steps.accepts(record)) {
            try {
              compareRow(record, rowsOfArrow, tags, checks);
            } catch (Mismatch e) {
              return different(file.name, number, rows + 1, e);
            }
            rows++;
          }
          last = file.name;
        }
      }
    }
    if (rowsOfArrow.next()) {
      Mismatch more = new Mismatch("(rows)", "the end after " + rows + " rows", "another row");
      return different(last, 0, 0, more);
    }
    try {
      input.checkZones();
    } catch (Mismatch e) {
      return different(arrow.toString(), 0, 0, e);
    }
    return VerifyResult.equal(rows, fields);
  }

  private void compareRow(
      HtsRecord record, ArrowRows rowsOfArrow, TagChecks tags, List<ColumnCheck> checks)
      throws Mismatch, IOException {
    if (!rowsOfArrow.next()) {
      String wanted = "a row for read '" + record.record.getReadName() + "'";
      throw new Mismatch("(rows)", wanted, "the end after " + rows + " rows");
    }
    tags.place(record);
    for (int i = 0; i < checks.size(); i++) {
      ColumnCheck check = checks.get(i);
      check.check(record, rowsOfArrow.row());
      fields += check.fields();
    }
  }

  private VerifyResult different(String file, long record, long row, Mismatch mismatch) {
    return VerifyResult.different(
        rows,
        fields,
        new Difference(file, record, row, mismatch.column, mismatch.expected, mismatch.found));
  }
}
