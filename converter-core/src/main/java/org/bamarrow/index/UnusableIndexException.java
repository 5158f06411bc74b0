package org.bamarrow.index;

import java.io.IOException;

/** An index that is damaged, or not this file's: whoever wanted it reads the whole file instead. */
public final class UnusableIndexException extends IOException {
  /** What the command line does without an index. */
  public static final String WHOLE_FILE = "reading the whole file";

  private static final long serialVersionUID = 1L;

  private final String index;
  private final String reason;

  /**
   * @param index the index file's name
   * @param reason what is wrong, without a full stop
   */
  public UnusableIndexException(String index, String reason) {
    super("index " + index + " is not used: " + reason);
    this.index = index;
    this.reason = reason;
  }

  /** What failed while an index led the reading: its fault, until reading without it fails too. */
  public static UnusableIndexException during(IOException e) {
    if (e instanceof UnusableIndexException index) {
      return index;
    }
    UnusableIndexException unusable =
        new UnusableIndexException("of the input", "reading along it failed: " + e.getMessage());
    unusable.initCause(e);
    return unusable;
  }

  /**
   * One line for who wanted the index.
   *
   * @param instead what is done without it
   */
  public String warning(String instead) {
    return getMessage() + "; make a new one with samtools index; " + instead;
  }

  /** As an error, where it is too late to read the whole file instead. */
  public IOException asError() {
    return new IOException(
        "index " + index + " does not fit: " + reason + "; read without it (--index off)", this);
  }

  public String index() {
    return index;
  }

  public String reason() {
    return reason;
  }
}
