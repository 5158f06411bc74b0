package org.bamarrow.spark.files;

/** A table of files. */
public interface HasFiles {
  /** Those that it reads. */
  TableFiles files();
}
