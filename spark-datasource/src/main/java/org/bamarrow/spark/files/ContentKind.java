package org.bamarrow.spark.files;

/** What the files of a table contain. */
public enum ContentKind {
  BAM,
  ARROW,
  /** There is no file, or there are only orphan files: a directory that can be written to. */
  NOTHING
}
