package org.bamarrow.convert;

/** How the work is spread over threads; the output is the same to the byte. */
public enum Strategy {
  /** One thread does everything: the reference. */
  SEQUENTIAL,
  /** One reader in turns, workers that inflate and decode, one ordered output. */
  PIPELINE,
  /**
   * Parts of the inputs side by side, each read by one thread as a split is, appended in order. For
   * whole files; what is a stream, has regions or a limit or is pulled by its consumer runs as
   * {@link #PIPELINE}.
   */
  SEGMENTS
}
