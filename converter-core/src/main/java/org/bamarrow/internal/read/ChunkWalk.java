package org.bamarrow.internal.read;

/** State of the search for record starts, passed from chunk to chunk; guarded by the walk gate. */
final class ChunkWalk {
  /** Inflated bytes of the next chunk that belong to a record that starts before it. */
  long skip;

  /** Records that start in the chunks so far, over all inputs. */
  long records;

  /** The same, in the current range only. */
  long ofRange;
}
