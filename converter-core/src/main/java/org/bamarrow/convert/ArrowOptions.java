package org.bamarrow.convert;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;

/**
 * How Arrow data are rewritten: which columns and rows, in which batches. Immutable.
 *
 * @param columns names of the columns in the order of the output; null: all, as they are
 * @param omitted columns to leave out, which the data need not have
 * @param tags fields of {@code tags} in the order of the output; null: all, as they are
 * @param rows the filters and the limit
 * @param regions the regions; their index is ignored
 * @param batchRows maximum number of rows of a record batch; {@link #KEEP}: batches are kept, and
 *     rows of filtered ones collected up to {@link BatchOptions#rows} of the defaults
 * @param batchBytes approximate maximum of bytes of the buffers of a record batch with more than
 *     one row, before compression; batches that are kept may be larger
 * @param keepCompression whether record batches are compressed as those of the input
 * @param output output options; the compression counts unless that of the input is kept
 * @param machine number of threads and memory for batches in flight, of which there is one for each
 *     thread; a batch that needs more memory is processed alone. The other settings apply to BAMs
 */
public record ArrowOptions(
    List<String> columns,
    Set<String> omitted,
    List<TagType> tags,
    RowOptions rows,
    RegionOptions regions,
    int batchRows,
    int batchBytes,
    boolean keepCompression,
    OutputOptions output,
    MachineOptions machine) {
  /** Value of {@link #batchRows} for the batches of the input. */
  public static final int KEEP = -1;

  private static final ArrowOptions DEFAULTS =
      new ArrowOptions(
          null,
          Set.of(),
          null,
          RowOptions.defaults(),
          RegionOptions.defaults(),
          KEEP,
          ConvertOptions.defaults().batches().inflatedBytes(),
          true,
          OutputOptions.defaults(),
          MachineOptions.defaults());

  /**
   * Copies the lists and checks the values.
   *
   * @param columns names of the columns
   * @param omitted columns to leave out
   * @param tags fields of {@code tags}
   * @param rows the filters and the limit
   * @param regions the regions
   * @param batchRows maximum number of rows of a record batch
   * @param batchBytes approximate maximum of bytes of a record batch
   * @param keepCompression whether record batches are compressed as those of the input
   * @param output output options
   * @param machine number of threads and memory
   * @throws OptionException if a number is out of its range, or a column is duplicate
   */
  public ArrowOptions {
    columns = columns == null ? null : List.copyOf(columns);
    omitted = Set.copyOf(omitted);
    tags = tags == null ? null : List.copyOf(tags);
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(regions, "regions");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(machine, "machine");
    Checks.require(
        batchRows == KEEP || batchRows >= 1, OptionKey.BATCH_ROWS, batchRows, "1 or more");
    Checks.require(batchBytes >= 1, OptionKey.BATCH_BYTES, batchBytes, "1 or more");
    if (columns != null && Set.copyOf(columns).size() < columns.size()) {
      throw new OptionException(OptionKey.COLUMNS, ": duplicate column in " + columns);
    }
  }

  /** {@return options that change nothing} */
  public static ArrowOptions defaults() {
    return DEFAULTS;
  }

  /**
   * {@return a copy with other columns}
   *
   * @param value names in the order of the output; null: all, as they are
   */
  public ArrowOptions withColumns(List<String> value) {
    return new ArrowOptions(
        value,
        omitted,
        tags,
        rows,
        regions,
        batchRows,
        batchBytes,
        keepCompression,
        output,
        machine);
  }

  /**
   * {@return a copy that leaves out columns}
   *
   * @param value names, which the data need not have
   */
  public ArrowOptions withOmitted(Set<String> value) {
    return new ArrowOptions(
        columns,
        value,
        tags,
        rows,
        regions,
        batchRows,
        batchBytes,
        keepCompression,
        output,
        machine);
  }

  /**
   * {@return a copy with other fields of {@code tags}}
   *
   * @param value in the order of the output; null: all, as they are
   */
  public ArrowOptions withTags(List<TagType> value) {
    return new ArrowOptions(
        columns,
        omitted,
        value,
        rows,
        regions,
        batchRows,
        batchBytes,
        keepCompression,
        output,
        machine);
  }

  /**
   * {@return a copy with other filters}
   *
   * @param value filters and limit
   */
  public ArrowOptions withRows(RowOptions value) {
    return new ArrowOptions(
        columns,
        omitted,
        tags,
        value,
        regions,
        batchRows,
        batchBytes,
        keepCompression,
        output,
        machine);
  }

  /**
   * {@return a copy with other regions}
   *
   * @param value regions; their index is ignored
   */
  public ArrowOptions withRegions(RegionOptions value) {
    return new ArrowOptions(
        columns,
        omitted,
        tags,
        rows,
        value,
        batchRows,
        batchBytes,
        keepCompression,
        output,
        machine);
  }

  /**
   * {@return a copy with other record batches}
   *
   * @param maxRows maximum number of rows; {@link #KEEP}: those of the input
   * @param maxBytes approximate maximum of bytes before compression
   */
  public ArrowOptions withBatches(int maxRows, int maxBytes) {
    return new ArrowOptions(
        columns, omitted, tags, rows, regions, maxRows, maxBytes, keepCompression, output, machine);
  }

  /**
   * {@return a copy that compresses as the output options say, or as the input is}
   *
   * @param value true: as the input
   */
  public ArrowOptions withKeepCompression(boolean value) {
    return new ArrowOptions(
        columns, omitted, tags, rows, regions, batchRows, batchBytes, value, output, machine);
  }

  /**
   * {@return a copy with other output options}
   *
   * @param value output options
   */
  public ArrowOptions withOutput(OutputOptions value) {
    return new ArrowOptions(
        columns,
        omitted,
        tags,
        rows,
        regions,
        batchRows,
        batchBytes,
        keepCompression,
        value,
        machine);
  }

  /**
   * {@return a copy with other threads and memory, on which the output does not depend}
   *
   * @param value number of threads and memory
   */
  public ArrowOptions withMachine(MachineOptions value) {
    return new ArrowOptions(
        columns,
        omitted,
        tags,
        rows,
        regions,
        batchRows,
        batchBytes,
        keepCompression,
        output,
        value);
  }

  /** {@return whether there are filters or regions; the limit does not count} */
  public boolean filters() {
    return rows.filters() || regions.filters();
  }
}
