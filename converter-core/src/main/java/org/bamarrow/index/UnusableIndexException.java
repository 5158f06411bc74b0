package org.bamarrow.index;

import java.io.IOException;

/** An index that is damaged, or not this file's: whoever wanted it reads the whole file instead. */
public final class UnusableIndexException extends IOException {
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

  public String index() {
    return index;
  }

  public String reason() {
    return reason;
  }
}
