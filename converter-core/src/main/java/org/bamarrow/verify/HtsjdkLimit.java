package org.bamarrow.verify;

/** htsjdk does not read this file, or reads it against the rules of the SAM specification. */
final class HtsjdkLimit extends Exception {
  private static final long serialVersionUID = 1L;

  HtsjdkLimit(String message, Throwable cause) {
    super(message, cause);
  }
}
