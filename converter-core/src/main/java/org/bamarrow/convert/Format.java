package org.bamarrow.convert;

/** The two Arrow IPC formats. */
public enum Format {
  /** With a footer, so that readers can map it and jump to any batch. */
  FILE,
  /** Batches one after another, for pipes. */
  STREAM
}
