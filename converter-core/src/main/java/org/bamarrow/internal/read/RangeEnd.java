package org.bamarrow.internal.read;

import java.io.IOException;

/** Is told where each range ended, by the reader of that range; called by one worker at a time. */
public interface RangeEnd {
  /** Nobody asks. */
  RangeEnd IGNORED = (range, next) -> {};

  /**
   * The range's last records have been found, but not delivered yet. Not called for a range that
   * goes to the end of its file, nor where a limit ended it.
   *
   * @param next virtual offset of the first record that starts at or past the range's end, or
   *     {@link org.bamarrow.internal.bam.RecordFinder#NONE}
   * @throws IOException to fail the read at this place
   */
  void reached(BamRange range, long next) throws IOException;
}
