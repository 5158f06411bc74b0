package org.bamarrow.internal.rewrite;

import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.internal.filter.RowSelection;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.RowCopier;
import org.bamarrow.internal.ipc.StoredBatch;
import org.bamarrow.internal.zone.Zone;

/**
 * Collects chosen rows into new record batches, which may have rows of several batches of the
 * input. Used for one batch of the input at a time, in their order.
 */
final class RowCollector implements AutoCloseable {
  private final RewritePlan plan;
  private final ArrowOptions options;
  private final RewriteOutput output;
  private final RowCopier rows;
  private final int maxRows;
  private final long size;

  /** How new batches are compressed; null before the first one. */
  private OutputOptions compression;

  /** 0-based number of the current part. */
  private int part;

  private long written;
  private long batches;
  private long copied;

  /**
   * @param size bytes of the input
   */
  RowCollector(RewritePlan plan, RewriteOutput output, long size, BufferAllocator allocator) {
    this.plan = plan;
    this.options = plan.options();
    this.output = output;
    this.size = Math.max(1, size);
    this.rows = new RowCopier(plan.columns().fields(), allocator);
    this.maxRows =
        options.batchRows() == ArrowOptions.KEEP
            ? ConvertOptions.defaults().batches().rows()
            : options.batchRows();
  }

  /** Number of batches written. */
  long batches() {
    return batches;
  }

  /** Number of batches that were written as they were stored. */
  long copied() {
    return copied;
  }

  /** Number of rows written or collected. */
  long rows() {
    return written + rows.rows();
  }

  /** How many rows the limit leaves. */
  long left() {
    long limit = options.rows().limit();
    return limit < 0 ? Long.MAX_VALUE : limit - rows();
  }

  /**
   * Copies a batch of a file that is copied as a whole.
   *
   * @param count its rows
   * @param zones of this and maybe the following batches; empty if an earlier one had it
   */
  void copy(
      RewriteFile file, StoredBatch stored, int count, List<Zone> zones, PendingOutput pending) {
    if (!zones.isEmpty()) { // a part has whole zones
      moveTo(file, stored, pending);
    }
    take(file, stored, count, zones, pending);
  }

  private void take(
      RewriteFile file, StoredBatch stored, int count, List<Zone> zones, PendingOutput pending) {
    flush(pending);
    pending.copy(stored, count, zones, file.source);
    written += count;
    copied++;
    batches++;
  }

  /**
   * Adds the chosen rows of a batch that has been read, up to the limit.
   *
   * @param chosen null: all rows
   * @param whole the zone of all rows, if the batch can be written as it is stored; null: it cannot
   */
  void add(
      RewriteFile file, IpcBatches batch, RowSelection chosen, Zone whole, PendingOutput pending) {
    int count = batch.rows();
    if ((chosen == null ? count : chosen.size()) == 0) {
      return;
    }
    moveTo(file, batch.stored(), pending);
    long left = left();
    if (whole != null && left >= count) {
      take(file, batch.stored(), count, List.of(whole), pending);
      return;
    }
    rows.bind(plan.columns().vectors(batch.vectors()));
    if (compression == null) {
      compression = compression(batch.stored());
    }
    if (chosen == null) {
      append(0, (int) Math.min(count, left), pending);
      return;
    }
    for (int from = chosen.next(0); from >= 0 && left > 0; ) {
      int to = chosen.end(from, count);
      int run = (int) Math.min(left, to - from);
      append(from, run, pending);
      left -= run;
      from = chosen.next(to);
    }
  }

  private OutputOptions compression(StoredBatch first) {
    OutputOptions how = options.output();
    return options.keepCompression()
        ? how.withCompression(first.compression())
            .withCompressionLevel(OutputOptions.LEVEL_BY_COLUMN)
        : how;
  }

  private void moveTo(RewriteFile file, StoredBatch batch, PendingOutput pending) {
    int next = output.part((double) (file.before + batch.offset()) / size);
    if (next > part) {
      flush(pending);
      pending.endPart();
      part = next;
    }
  }

  private void append(int from, int count, PendingOutput pending) {
    for (int done = 0; done < count; ) {
      int left = Math.min(count - done, maxRows - rows.rows());
      int fitting = rows.fitting(from + done, left, options.batchBytes());
      rows.append(from + done, fitting);
      done += fitting;
      if (rows.rows() == maxRows || done < count) {
        flush(pending);
      }
    }
  }

  /** Makes a batch of the rows collected so far. */
  void flush(PendingOutput pending) {
    if (rows.rows() > 0) {
      written += rows.rows();
      pending.add(rows.take(), compression);
      batches++;
    }
  }

  @Override
  public void close() {
    rows.close();
  }
}
