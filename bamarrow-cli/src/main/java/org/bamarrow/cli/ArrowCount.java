package org.bamarrow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.filter.BatchFilter;
import org.bamarrow.internal.filter.ZonePredicate;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.ReadingMemory;
import org.bamarrow.internal.rewrite.ArrowFilters;
import org.bamarrow.internal.rewrite.PartFilter;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.FileByteSource;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;

/**
 * Counts rows of Arrow data. Batches whose statistics tell how many of their rows pass are not
 * read; of others only the columns of the filters.
 */
final class ArrowCount {
  private final ArrowFilters filters;

  /** Whether there are filters; without them every batch is looked at. */
  private final boolean filtered;

  /** Whether statistics tell which rows pass. */
  private final boolean byStatistics;

  private long rows;
  private long chosen;

  private ArrowCount(ArrowFilters filters, boolean filtered) {
    this.filters = filters;
    this.filtered = filtered;
    this.byStatistics = filtered && filters.isPredicate();
  }

  /**
   * The number of rows that pass the filters.
   *
   * @param names Arrow files, streams or directories of parts
   */
  static long of(
      List<String> names, RowOptions options, RegionOptions regions, Consumer<String> warnings)
      throws IOException {
    List<Path> inputs = names.stream().map(Path::of).toList();
    ArrowFilters filters = new ArrowFilters(inputs, options, regions, warnings);
    ArrowCount count = new ArrowCount(filters, options.filters() || regions.filters());
    try (BufferAllocator allocator = new RootAllocator(ReadingMemory.limit())) {
      for (Path input : inputs) {
        if (Files.isDirectory(input)) {
          count.add(new LocalPartStore(input.toString(), false), allocator);
        } else {
          count.add(new FileByteSource(input.toString(), input), allocator);
        }
      }
    }
    FilterNotes.of(filters.matches(), options, count.rows).forEach(warnings);
    return count.chosen;
  }

  private void add(LocalPartStore store, BufferAllocator allocator) throws IOException {
    Manifest manifest = Manifest.read(store);
    PartFilter parts = filtered ? new PartFilter(store, manifest, filters) : null;
    for (Part part : manifest.parts()) {
      if (parts == null || parts.canMatch(part)) {
        long before = rows;
        add(store.open(part.name()), allocator);
        part.requireRows(rows - before, store.name());
      }
    }
    rows += parts == null ? 0 : parts.rowsLeftOut();
  }

  private void add(ByteSource source, BufferAllocator allocator) throws IOException {
    String name = source.name();
    try (IpcBatches batches = IpcBatches.open(source)) {
      BatchFilter filter = filters.on(name, batches.ipcSchema());
      FilteredRows each = new FilteredRows(name, filters, filter);
      ZonePredicate passes = filters.predicate(batches);
      batches.zones().leaveOut(byStatistics ? passes.unless(zone -> count(zone, passes)) : passes);
      batches.select(filter.columns(), 0, Long.MAX_VALUE, allocator);
      while (batches.next()) {
        each.at(batches.vectors(), batches.rows());
        chosen += each.chosen();
      }
      rows += each.rows() + batches.zones().rowsLeftOut();
    }
  }

  /** Counts the rows of a zone that pass, if its statistics tell which they are. */
  private boolean count(Zone zone, ZonePredicate passes) {
    List<ZonePredicate.Part> parts = passes.parts(zone);
    if (parts != null) {
      chosen += parts.stream().mapToLong(ZonePredicate.Part::rows).sum();
    }
    return parts != null;
  }
}
