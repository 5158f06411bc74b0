package org.bamarrow.convert;

/** Where the typed fields of the {@code tags} column come from. */
public enum TagsMode {
  /** Names and types from a sample spread over the file. */
  AUTO,
  /** No {@code tags} column. */
  NONE,
  /** Names and types from reading the whole file first. */
  SCAN,
  /** Names and types as the user lists them. */
  LIST
}
