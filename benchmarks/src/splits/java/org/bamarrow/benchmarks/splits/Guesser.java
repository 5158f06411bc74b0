package org.bamarrow.benchmarks.splits;

import java.io.Closeable;

/** Finds the first record of a split, as one reader of BAM does, in one file. */
interface Guesser extends Closeable {
  long NOTHING = -1;

  /**
   * The virtual offset of the first record in the block at {@code position} or later, or {@link
   * #NOTHING}.
   */
  long guess(long position) throws Exception;

  /** Bytes read so far. */
  long bytes();
}
