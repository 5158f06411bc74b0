package org.bamarrow.internal.read;

import java.util.List;
import java.util.function.Supplier;
import org.bamarrow.internal.bam.RecordFilter;

/**
 * Which records to read.
 *
 * @param ranges in the order of the rows
 * @param rangeEnd listener for the end of each range
 * @param filter creates a filter for each thread, which is applied before all others, so that it
 *     sees each record once; null for none
 */
public record ReadScope(
    List<BamRange> ranges, RangeEnd rangeEnd, Supplier<? extends RecordFilter> filter) {
  public ReadScope {
    ranges = List.copyOf(ranges);
  }

  /** All records of the inputs. */
  public static ReadScope whole(List<BamInput> inputs) {
    return new ReadScope(inputs.stream().map(BamRange::whole).toList(), RangeEnd.IGNORED, null);
  }
}
