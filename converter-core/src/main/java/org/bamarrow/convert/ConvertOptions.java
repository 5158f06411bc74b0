package org.bamarrow.convert;

import java.io.Serializable;
import java.util.Objects;

/**
 * All options of a conversion. Immutable and serializable; start from {@link #defaults()}. Every
 * record of options checks its values in its constructor, so that an invalid value is an {@link
 * org.bamarrow.errors.OptionException} there, not during the conversion.
 *
 * @param columns which columns, and their form
 * @param tags how the auxiliary fields are converted
 * @param rows which records become rows
 * @param regions regions that the records must overlap
 * @param batches where record batches end
 * @param output how the Arrow data are written
 * @param machine threads and memory; the output does not depend on them
 * @param allowMissingEof accept a BAM without the end-of-file marker (SAM specification 4.1.2),
 *     which may be truncated; otherwise it is an error
 */
public record ConvertOptions(
    ColumnOptions columns,
    TagOptions tags,
    RowOptions rows,
    RegionOptions regions,
    BatchOptions batches,
    OutputOptions output,
    MachineOptions machine,
    boolean allowMissingEof)
    implements Serializable {

  /**
   * Checks that nothing is null.
   *
   * @param columns which columns, and their form
   * @param tags how the auxiliary fields are converted
   * @param rows which records become rows
   * @param regions regions that the records must overlap
   * @param batches where record batches end
   * @param output how the Arrow data are written
   * @param machine threads and memory
   * @param allowMissingEof accept a BAM without the end-of-file marker (SAM specification 4.1.2),
   *     which may be truncated
   */
  public ConvertOptions {
    Objects.requireNonNull(columns, "columns");
    Objects.requireNonNull(tags, "tags");
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(regions, "regions");
    Objects.requireNonNull(batches, "batches");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(machine, "machine");
  }

  /** {@return the default options: all records, core columns and tags, an Arrow IPC file} */
  public static ConvertOptions defaults() {
    return new ConvertOptions(
        ColumnOptions.defaults(),
        TagOptions.defaults(),
        RowOptions.defaults(),
        RegionOptions.defaults(),
        BatchOptions.defaults(),
        OutputOptions.defaults(),
        MachineOptions.defaults(),
        false);
  }

  /**
   * {@return a copy with other columns}
   *
   * @param value which columns, and their form
   */
  public ConvertOptions withColumns(ColumnOptions value) {
    return new ConvertOptions(
        value, tags, rows, regions, batches, output, machine, allowMissingEof);
  }

  /**
   * {@return a copy with other options of the auxiliary fields}
   *
   * @param value how the auxiliary fields are converted
   */
  public ConvertOptions withTags(TagOptions value) {
    return new ConvertOptions(
        columns, value, rows, regions, batches, output, machine, allowMissingEof);
  }

  /**
   * {@return a copy with other filters}
   *
   * @param value which records become rows
   */
  public ConvertOptions withRows(RowOptions value) {
    return new ConvertOptions(
        columns, tags, value, regions, batches, output, machine, allowMissingEof);
  }

  /**
   * {@return a copy with other regions}
   *
   * @param value regions that the records must overlap
   */
  public ConvertOptions withRegions(RegionOptions value) {
    return new ConvertOptions(
        columns, tags, rows, value, batches, output, machine, allowMissingEof);
  }

  /**
   * {@return a copy with other boundaries of record batches}
   *
   * @param value where record batches end
   */
  public ConvertOptions withBatches(BatchOptions value) {
    return new ConvertOptions(
        columns, tags, rows, regions, value, output, machine, allowMissingEof);
  }

  /**
   * {@return a copy with other output options}
   *
   * @param value how the Arrow data are written
   */
  public ConvertOptions withOutput(OutputOptions value) {
    return new ConvertOptions(
        columns, tags, rows, regions, batches, value, machine, allowMissingEof);
  }

  /**
   * {@return a copy with other resource limits}
   *
   * @param value threads and memory; the output does not depend on them
   */
  public ConvertOptions withMachine(MachineOptions value) {
    return new ConvertOptions(
        columns, tags, rows, regions, batches, output, value, allowMissingEof);
  }

  /**
   * {@return a copy that accepts, or no longer accepts, BAMs without the end-of-file marker}
   *
   * @param value true: accept a BAM that may be truncated
   */
  public ConvertOptions withAllowMissingEof(boolean value) {
    return new ConvertOptions(columns, tags, rows, regions, batches, output, machine, value);
  }
}
