package org.bamarrow.convert;

import java.io.Serializable;

/** Everything a conversion can be asked for. Immutable; start from {@link #defaults()}. */
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

  public static ConvertOptions defaults() {
    return new ConvertOptions(
        ColumnOptions.DEFAULT,
        TagOptions.DEFAULT,
        RowOptions.ALL,
        RegionOptions.ALL,
        BatchOptions.DEFAULT,
        OutputOptions.DEFAULT,
        MachineOptions.ofThisMachine(),
        false);
  }

  public ConvertOptions with(ColumnOptions value) {
    return new ConvertOptions(
        value, tags, rows, regions, batches, output, machine, allowMissingEof);
  }

  public ConvertOptions with(TagOptions value) {
    return new ConvertOptions(
        columns, value, rows, regions, batches, output, machine, allowMissingEof);
  }

  public ConvertOptions with(RowOptions value) {
    return new ConvertOptions(
        columns, tags, value, regions, batches, output, machine, allowMissingEof);
  }

  public ConvertOptions with(RegionOptions value) {
    return new ConvertOptions(
        columns, tags, rows, value, batches, output, machine, allowMissingEof);
  }

  public ConvertOptions with(BatchOptions value) {
    return new ConvertOptions(
        columns, tags, rows, regions, value, output, machine, allowMissingEof);
  }

  public ConvertOptions with(OutputOptions value) {
    return new ConvertOptions(
        columns, tags, rows, regions, batches, value, machine, allowMissingEof);
  }

  public ConvertOptions with(MachineOptions value) {
    return new ConvertOptions(
        columns, tags, rows, regions, batches, output, value, allowMissingEof);
  }

  public ConvertOptions withMissingEofAllowed(boolean value) {
    return new ConvertOptions(columns, tags, rows, regions, batches, output, machine, value);
  }
}
