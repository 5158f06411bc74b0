package org.bamarrow.parts;

import org.bamarrow.errors.WordedIOException;

/** A directory of parts whose manifest is invalid, so that it is not known which parts count. */
public final class BrokenManifestException extends WordedIOException {
  private static final long serialVersionUID = 1L;

  BrokenManifestException(String directory, String problem) {
    super(directory + ": its " + Manifest.NAME + " is broken: " + problem, Manifest.AGAIN);
  }
}
