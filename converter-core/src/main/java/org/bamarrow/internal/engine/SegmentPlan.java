package org.bamarrow.internal.engine;

import java.util.ArrayList;
import java.util.List;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.internal.read.SplitPlanner;

/** Divides the inputs of a conversion into segments, at the starts of chunks. */
final class SegmentPlan {
  /**
   * Compressed bytes of a segment if their number is not specified: enough that finding its start
   * and verifying its end take little of the time, and few enough that temporary files stay small.
   */
  static final long TARGET_BYTES = 64L << 20;

  /** One segment: a split of an input. */
  record Segment(BamInput input, BamSplit split) {}

  private SegmentPlan() {}

  /**
   * The number of segments of the options, or else one per {@link #TARGET_BYTES} bytes and at least
   * one per worker, distributed by size. Each input has at least one; the chunk grid may allow
   * fewer.
   */
  static List<Segment> of(Conversion conversion) {
    long total = Math.max(1, conversion.totalBytes());
    int requested = conversion.options().machine().segments();
    long wanted =
        requested > 0
            ? requested
            : Math.max(conversion.workers(), (total + TARGET_BYTES - 1) / TARGET_BYTES);
    long grid = conversion.options().batches().chunkBytes();
    List<Segment> plan = new ArrayList<>();
    long before = 0;
    long assigned = 0;
    for (BamInput input : conversion.inputs()) {
      long size = input.source().size();
      before += size;
      long share = Math.max(1, Math.round((double) wanted * before / total) - assigned);
      assigned += share;
      SplitPlanner.byCount(size, share, grid).forEach(s -> plan.add(new Segment(input, s)));
    }
    return plan;
  }
}
