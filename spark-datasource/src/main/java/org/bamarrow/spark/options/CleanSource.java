package org.bamarrow.spark.options;

/** What happens to the files of a stream that have been read. */
public enum CleanSource {
  OFF,
  ARCHIVE,
  DELETE
}
