package org.bamarrow.internal.engine;

import java.util.ArrayList;
import java.util.List;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.internal.read.SplitPlanner;

/** Cuts the inputs of a conversion into segments, where chunks begin in them. */
final class SegmentPlan {
  /**
   * Compressed bytes of a segment where no number of them is asked for: enough that finding its
   * start and proving its end are a small part, and few enough that temporary files stay small.
   */
  static final long TARGET = 64L << 20;

  /** One segment: a split of an input. */
  record Segment(BamInput input, BamSplit split) {}

  private SegmentPlan() {}

  /**
   * As many as the options say, or else one for each {@link #TARGET} bytes and one for each thread,
   * shared out by size. Each input has at least one; the chunk grid may leave room for fewer.
   */
  static List<Segment> of(Conversion conversion) {
    long total = Math.max(1, conversion.totalBytes());
    int asked = conversion.options().machine().segments();
    long wanted = asked > 0 ? asked : Math.max(conversion.workers(), (total + TARGET - 1) / TARGET);
    long grid = conversion.options().batches().chunkBytes();
    List<Segment> plan = new ArrayList<>();
    long before = 0;
    long given = 0;
    for (BamInput input : conversion.inputs()) {
      long size = input.source().size();
      before += size;
      long share = Math.max(1, Math.round((double) wanted * before / total) - given);
      given += share;
      SplitPlanner.byCount(size, share, grid).forEach(s -> plan.add(new Segment(input, s)));
    }
    return plan;
  }
}
