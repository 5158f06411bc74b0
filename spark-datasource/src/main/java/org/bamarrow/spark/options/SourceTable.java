package org.bamarrow.spark.options;

/** The table that is made from the files: the records, or a part of the headers. */
public enum SourceTable {
  RECORDS,
  HEADER,
  REFERENCES,
  READ_GROUPS,
  PROGRAMS
}
