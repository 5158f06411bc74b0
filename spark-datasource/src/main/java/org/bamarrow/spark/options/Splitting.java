package org.bamarrow.spark.options;

/** Where files are split. */
public enum Splitting {
  /** At any byte: a task finds its first record itself and checks its end. */
  BLOCKS,
  /** Not at all: one task reads a file. */
  FILE,
  /** At record starts from an index; each task checks that of the next. */
  INDEX
}
