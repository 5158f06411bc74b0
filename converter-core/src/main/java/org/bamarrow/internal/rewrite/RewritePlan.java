package org.bamarrow.internal.rewrite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.internal.engine.StoredRows;
import org.bamarrow.internal.filter.BatchFilter;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.ipc.StoredBatch;
import org.bamarrow.internal.zone.ZoneColumns;

/** Which rows and columns of which input are written, and how. Immutable, for any thread. */
final class RewritePlan {
  private final RewriteInput input;
  private final ArrowOptions options;

  /** Null without filters. */
  private final ArrowFilters filters;

  private final RewrittenColumns columns;
  private final IpcSchema schema;

  /** The columns of the filters. */
  private final List<String> filtered;

  /**
   * Checks the options against the schema of the input.
   *
   * @param warnings takes warnings about regions
   * @throws IllegalArgumentException if the data lack a column that the options need
   */
  RewritePlan(RewriteInput input, ArrowOptions options, Consumer<String> warnings)
      throws IOException {
    this.input = input;
    this.options = options;
    List<Path> paths = List.of(Path.of(input.name()));
    filters =
        options.filters()
            ? new ArrowFilters(paths, options.rows(), options.regions(), warnings)
            : null;
    IpcSchema stored = input.schema();
    columns = new RewrittenColumns(stored.fields(), options);
    filtered = filters == null ? List.of() : filters.on(input.name(), stored).columns();
    try {
      schema =
          new IpcSchema(
              columns.fields(),
              RewrittenMetadata.of(
                  stored.metadata(),
                  columns,
                  options,
                  filters == null ? List.of() : filters.places()));
    } catch (IOException e) {
      throw new IOException(input.name() + ": " + e.getMessage(), e);
    }
  }

  RewriteInput input() {
    return input;
  }

  ArrowOptions options() {
    return options;
  }

  RewrittenColumns columns() {
    return columns;
  }

  IpcSchema schema() {
    return schema;
  }

  ZoneColumns zoneColumns() {
    return ZoneColumns.of(columns.fields(), !StoredRows.areConverted(schema.metadata()));
  }

  boolean filters() {
    return filters != null;
  }

  /** The filter of a file for one thread; null without filters. */
  BatchFilter filter(RewriteFile file) throws IOException {
    return filters == null ? null : filters.on(file.source.name(), file.batches.ipcSchema());
  }

  /** Which files can have rows that pass; null: all, or it is not known. */
  PartFilter parts() throws IOException {
    return input.partFilter(filters);
  }

  /** Leaves out batches of which no row can pass. */
  void leaveOut(IpcBatches file) throws IOException {
    if (filters != null) {
      filters.leaveOut(file);
    }
  }

  /** Selects the columns that are written or needed; none for batches that are copied. */
  void select(IpcBatches file, boolean copied, BufferAllocator allocator) throws IOException {
    file.select(copied ? List.of() : columns.read(filtered), 0, Long.MAX_VALUE, allocator);
  }

  /** The columns of the filters, which a batch without a row needs only. */
  List<String> filtered() {
    return filtered;
  }

  /** Whether all batches are written as they are stored, if they can be. */
  boolean changesNothing() {
    return filters == null
        && options.rows().limit() < 0
        && options.batchRows() == ArrowOptions.KEEP
        && options.keepCompression()
        && columns.isUnchanged();
  }

  /** Whether a batch with all of its rows can be written as it is stored. */
  boolean takes(StoredBatch stored) {
    return options.batchRows() == ArrowOptions.KEEP
        && columns.isUnchanged()
        && stored.isCopyable()
        && (options.keepCompression()
            || options.output().compression() == Compression.NONE
                && stored.compression() == Compression.NONE);
  }

  /** How many entries of the lists were found. */
  Map<String, ListMatch> matches() {
    return filters == null ? Map.of() : filters.matches();
  }
}
