package org.bamarrow.internal.rewrite;

import java.io.IOException;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.convert.Progress;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.ipc.ReadingMemory;
import org.bamarrow.internal.zone.ZoneColumns;

/** Copies the chosen rows and columns of Arrow data to an output. */
public final class Rewrite {
  private final RewritePlan plan;
  private final Progress progress;
  private final RewriteCounts counts = new RewriteCounts();

  /**
   * Checks the options against the schema of the input.
   *
   * @param progress takes warnings about regions
   * @throws IllegalArgumentException if the data lack a column that the options need
   */
  public Rewrite(RewriteInput input, ArrowOptions options, Progress progress) throws IOException {
    this.plan = new RewritePlan(input, options, progress::warn);
    this.progress = progress;
  }

  /** The columns with statistics: text of others has them, names and bases of reads do not. */
  public ZoneColumns zoneColumns() {
    return plan.zoneColumns();
  }

  /** The schema of the output. */
  public IpcSchema schema() {
    return plan.schema();
  }

  /**
   * Copies all rows.
   *
   * @throws IOException the first error in the order of the rows, for any number of threads
   */
  public void run(RewriteOutput output) throws IOException {
    try (BufferAllocator allocator = new RootAllocator(ReadingMemory.limit())) {
      run(output, allocator);
    }
  }

  /** As the other method, with memory of the caller, to whom it is returned. */
  void run(RewriteOutput output, BufferAllocator allocator) throws IOException {
    output.start(plan.schema());
    try (RewritePipeline pipeline = new RewritePipeline(plan, output, counts, allocator)) {
      Progress.Watch watch = progress.watch(plan.input().bytes(), counts::position);
      try {
        pipeline.run();
      } finally {
        watch.close();
      }
    }
    output.finish();
  }

  /** Rows of the batches that were read. */
  public long rowsRead() {
    return counts.rowsRead();
  }

  /** Rows of the batches and parts that were left out by their statistics. */
  public long rowsLeftOut() {
    return counts.rowsLeftOut();
  }

  /** How many of the rows read each filter removed. */
  public Map<String, Long> removed() {
    return counts.removed();
  }

  /** How many entries of the lists were found. */
  public Map<String, ListMatch> matches() {
    return plan.matches();
  }

  /** Bytes read. */
  public long bytesRead() {
    return counts.bytesRead();
  }

  /** Rows written. */
  public long rows() {
    return counts.rows();
  }

  /** Record batches written. */
  public long batches() {
    return counts.batches();
  }

  /** How many of them were written as they were stored. */
  public long batchesCopied() {
    return counts.copied();
  }
}
