package org.bamarrow.convert;

/** Where the typed fields of the {@code tags} column come from. */
public enum TagsMode {
  /** Names and types are found in a sample of records from the whole file. */
  AUTO,
  /** No {@code tags} column. */
  NONE,
  /** Names and types are found by reading the whole file first. */
  SCAN,
  /** Names and types are listed by the user. */
  LIST
}
