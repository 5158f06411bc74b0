package org.bamarrow.internal.rewrite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.internal.filter.BatchFilter;
import org.bamarrow.internal.filter.RowSelection;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.ipc.ReadingMemory;
import org.bamarrow.internal.ipc.StoredBatch;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.io.ByteSource;

/** Copies the chosen rows and columns of Arrow data to an output. For one thread. */
public final class Rewrite {
  private final RewriteInput input;
  private final ArrowOptions options;
  private final ArrowFilters filters;
  private final RewrittenColumns columns;
  private final IpcSchema schema;
  private final Map<String, Long> removed = new LinkedHashMap<>();
  private final long size;
  private RewriteOutput output;
  private BatchWriter writer;
  private RowSelection selection;

  /** Rows of the current file, and bytes of the files before it. */
  private long fileRows;

  private long before;

  private long rowsRead;
  private long rowsLeftOut;
  private long bytesRead;

  /**
   * Checks the options against the schema of the input.
   *
   * @param warnings takes warnings about regions
   * @throws IllegalArgumentException if the data lack a column that the options need
   */
  public Rewrite(RewriteInput input, ArrowOptions options, Consumer<String> warnings)
      throws IOException {
    this.input = input;
    this.options = options;
    this.size = Math.max(1, input.bytes());
    List<Path> paths = List.of(Path.of(input.name()));
    filters =
        options.filters()
            ? new ArrowFilters(paths, options.rows(), options.regions(), warnings)
            : null;
    IpcSchema stored = input.schema();
    columns = new RewrittenColumns(stored.fields(), options);
    if (filters != null) {
      filters.on(input.name(), stored);
    }
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

  /** The schema of the output. */
  public IpcSchema schema() {
    return schema;
  }

  /** The columns with statistics: text of others has them, names and bases of reads do not. */
  public ZoneColumns zoneColumns() {
    return ZoneColumns.of(columns.fields(), !RewrittenMetadata.isOurs(schema.metadata()));
  }

  /** Copies all rows. */
  public void run(RewriteOutput target) throws IOException {
    output = target;
    output.start(schema);
    try (BufferAllocator allocator = new RootAllocator(ReadingMemory.limit());
        BatchWriter batches = new BatchWriter(output, columns, zoneColumns(), options, allocator)) {
      writer = batches;
      for (int i = 0; i < input.count() && left() > 0; i++) {
        read(i, allocator);
      }
      batches.flush();
    }
    output.finish();
  }

  private long left() {
    long limit = options.rows().limit();
    return limit < 0 ? Long.MAX_VALUE : limit - writer.rows();
  }

  private void read(int index, BufferAllocator allocator) throws IOException {
    ByteSource source = input.open(index, filters == null);
    try (IpcBatches file = IpcBatches.open(source)) {
      input.requireColumns(index, file.ipcSchema().fields());
      fileRows = 0;
      before = input.bytesBefore(index);
      List<Zone> zones = changesNothing() ? file.zones().all() : null;
      if (zones != null) {
        copyAll(file, zones, source, allocator);
        finish(file, index, true);
        return;
      }
      BatchFilter filter = filters == null ? null : filters.on(source.name(), file.ipcSchema());
      if (filter != null) {
        filters.leaveOut(file);
      }
      List<String> needed = filter == null ? List.of() : filter.columns();
      file.select(columns.read(needed), 0, Long.MAX_VALUE, allocator);
      selection = null;
      if (filter != null) {
        file.require(needed, (batch, rows) -> !select(filter, batch, rows).isEmpty());
      }
      boolean more;
      while ((more = left() > 0) && file.next()) {
        if (filter != null && selection == null) {
          try {
            select(filter, file.vectors(), file.rows());
          } catch (IllegalArgumentException e) {
            throw new IOException(source.name() + ": " + e.getMessage(), e);
          }
        } else if (filter == null) {
          fileRows += file.rows();
        }
        write(file, source);
        selection = null;
      }
      finish(file, index, more);
      if (filter != null) {
        filter.removed().forEach((name, count) -> removed.merge(name, count, Long::sum));
      }
    }
  }

  /** Whether all batches are written as they are stored, if they can be. */
  private boolean changesNothing() {
    return filters == null
        && options.rows().limit() < 0
        && options.batchRows() == ArrowOptions.KEEP
        && options.keepCompression()
        && columns.isUnchanged();
  }

  /** Copies all batches without reading their columns. */
  private void copyAll(
      IpcBatches file, List<Zone> zones, ByteSource source, BufferAllocator allocator)
      throws IOException {
    file.select(List.of(), 0, Long.MAX_VALUE, allocator);
    Iterator<Zone> all = zones.iterator();
    int told = 0; // batches of which the zone has been written, without this one
    while (file.next()) {
      if (!file.stored().isCopyable()) {
        throw new IOException(
            source.name()
                + ": metadata version before V5 (Arrow 1.0) with statistics of record batches is"
                + " not what bamarrow writes");
      }
      List<Zone> zone = List.of();
      if (told == 0) {
        moveTo(file.stored()); // a part has whole zones
        Zone next = all.next();
        told = next.batches();
        zone = List.of(input.hasManyInputs() ? next.withoutVoffsets() : next);
      }
      told--;
      int rows = file.rows();
      fileRows += rows;
      bytesRead += file.stored().body();
      writer.copy(file.stored(), rows, zone, source);
    }
  }

  private void moveTo(StoredBatch batch) throws IOException {
    double share = (double) (before + batch.offset()) / size;
    if (output.isNextPart(share)) {
      writer.flush();
      output.nextPart(share);
    }
  }

  private void finish(IpcBatches file, int index, boolean toEnd) throws IOException {
    if (toEnd) {
      input.requireRows(index, fileRows + file.zones().rowsLeftOut());
    }
    rowsRead += fileRows;
    rowsLeftOut += file.zones().rowsLeftOut();
    bytesRead += file.bytesRead();
  }

  private RowSelection select(BatchFilter filter, List<FieldVector> batch, int rows) {
    fileRows += rows;
    selection = filter.select(batch, rows);
    return selection;
  }

  private void write(IpcBatches file, ByteSource source) throws IOException {
    List<FieldVector> vectors = file.vectors();
    int rows = file.rows();
    int chosen = selection == null ? rows : selection.size();
    if (chosen == 0) {
      return;
    }
    moveTo(file.stored());
    long left = left();
    if (chosen == rows && left >= rows && writer.takes(file.stored())) {
      writer.copy(file.stored(), rows, List.of(writer.zone(vectors, rows)), source);
      return;
    }
    writer.bind(vectors, file.stored());
    if (selection == null) {
      writer.append(0, (int) Math.min(rows, left));
      return;
    }
    for (int from = selection.next(0); from >= 0 && left > 0; ) {
      int to = selection.end(from, rows);
      int count = (int) Math.min(left, to - from);
      writer.append(from, count);
      left -= count;
      from = selection.next(to);
    }
  }

  /** Rows of the batches that were read. */
  public long rowsRead() {
    return rowsRead;
  }

  /** Rows of the batches that were left out by their statistics. */
  public long rowsLeftOut() {
    return rowsLeftOut;
  }

  /** How many of the rows read each filter removed. */
  public Map<String, Long> removed() {
    return removed;
  }

  /** How many entries of the lists were found. */
  public Map<String, ListMatch> matches() {
    return filters == null ? Map.of() : filters.matches();
  }

  /** Bytes read. */
  public long bytesRead() {
    return bytesRead;
  }

  /** Rows written. */
  public long rows() {
    return writer.rows();
  }

  /** Record batches written. */
  public long batches() {
    return writer.batches();
  }

  /** How many of them were written as they were stored. */
  public long batchesCopied() {
    return writer.copied();
  }
}
