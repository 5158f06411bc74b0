package org.bamarrow.convert;

/** How work is distributed over threads; the output is byte-identical. */
public enum Strategy {
  /** One thread does everything; the reference for the others. */
  SEQUENTIAL,
  /** The workers take turns at reading, inflate and decode in parallel, and write in order. */
  PIPELINE,
  /**
   * Segments of the inputs are converted in parallel, each by one thread, and appended in order.
   * For whole files only: streams, conversions with regions or a limit, and readers run as {@link
   * #PIPELINE}.
   */
  SEGMENTS
}
