package org.bamarrow.internal.read;

import java.io.IOException;

/** Listener for the end of each range; called by one worker at a time, in file order. */
public interface RangeEnd {
  /** Does nothing. */
  RangeEnd IGNORED = (range, next) -> {};

  /**
   * Called when the last records of the range have been found, but not delivered yet. Not called
   * for a range that extends to the end of its file, nor if a limit ended it.
   *
   * @param next virtual offset of the first record at or after the end of the range, or {@link
   *     org.bamarrow.internal.bam.RecordFinder#NONE}
   * @throws IOException to fail the read at this position
   */
  void reached(BamRange range, long next) throws IOException;
}
