package org.bamarrow.read;

/** Where a worker's time goes; the report gives seconds for each. */
public enum Stage {
  /** Claiming a chunk: reading its bytes and hopping along the blocks, waiting included. */
  READ,
  INFLATE,
  /** Finding record starts, in the order of the file. */
  WALK,
  /** Checking and filtering records, filling columns, compressing. */
  DECODE,
  WRITE,
  /** Waiting for a turn. */
  WAIT
}
