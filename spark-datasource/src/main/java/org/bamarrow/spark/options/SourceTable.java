package org.bamarrow.spark.options;

/** What of the files is the table. */
public enum SourceTable {
  RECORDS,
  HEADER,
  REFERENCES,
  READ_GROUPS,
  PROGRAMS
}
