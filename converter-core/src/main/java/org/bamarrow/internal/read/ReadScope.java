package org.bamarrow.internal.read;

import java.util.List;
import java.util.function.Supplier;
import org.bamarrow.internal.bam.RecordFilter;

/**
 * Which records to read.
 *
 * @param ranges in the order of the rows
 * @param rangeEnd is told where each range ended
 * @param filter gives a filter for each thread, which rows have to pass before all others, so that
 *     it sees each record once; null: none
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
