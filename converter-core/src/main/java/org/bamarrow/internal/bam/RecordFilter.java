package org.bamarrow.internal.bam;

import java.util.Map;
import org.bamarrow.io.BamFormatException;

/**
 * Decides from a record's raw bytes, before anything is decoded, whether it becomes a row. One
 * instance serves one thread.
 */
public interface RecordFilter {
  /**
   * @param slice slice with the record, whose field lengths have been checked
   * @param row 0-based index of the record in the slice
   */
  boolean accepts(RecordSlice slice, int row) throws BamFormatException;

  /**
   * Adds to the counts how many records each test of this filter has removed since the last call,
   * by the name of the test. A record counts for the first test that it fails.
   */
  default void takeRemoved(Map<String, Long> counts) {}

  /** The conjunction of two filters; null accepts everything. */
  static RecordFilter and(RecordFilter a, RecordFilter b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return (slice, row) -> a.accepts(slice, row) && b.accepts(slice, row);
  }
}
