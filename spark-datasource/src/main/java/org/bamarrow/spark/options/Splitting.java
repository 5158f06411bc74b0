package org.bamarrow.spark.options;

/** Where files may be cut. */
public enum Splitting {
  /** At any byte: a task finds its first record itself and proves its end. */
  BLOCKS,
  /** Nowhere: one task reads a file. */
  FILE,
  /** Where an index tells that records start; each task proves it for the next. */
  INDEX
}
