package org.bamarrow.convert;

/** The two Arrow IPC formats. */
public enum Format {
  /** File format: has a footer, for memory mapping and random access to batches. */
  FILE,
  /** Streaming format: batches in sequence, for pipes. */
  STREAM
}
