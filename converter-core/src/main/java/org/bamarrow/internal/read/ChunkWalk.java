package org.bamarrow.internal.read;

/** Where the walk along the records stands: carried from chunk to chunk in the turn to walk. */
final class ChunkWalk {
  /** Inflated bytes of the next chunk that belong to a record begun before it. */
  long skip;

  /** Records begun so far, over all inputs. */
  long records;

  /** Of those the ones in this range. */
  long ofRange;
}
