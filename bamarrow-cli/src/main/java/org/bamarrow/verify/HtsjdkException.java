package org.bamarrow.verify;

/** htsjdk cannot read this file, or does not follow the SAM specification for it. */
final class HtsjdkException extends Exception {
  private static final long serialVersionUID = 1L;

  HtsjdkException(String message, Throwable cause) {
    super(message, cause);
  }
}
