package org.bamarrow.verify;

/** htsjdk does not read this file, or reads it against the rules of the SAM specification. */
final class HtsjdkLimitation extends Exception {
  private static final long serialVersionUID = 1L;

  HtsjdkLimitation(String message, Throwable cause) {
    super(message, cause);
  }
}
