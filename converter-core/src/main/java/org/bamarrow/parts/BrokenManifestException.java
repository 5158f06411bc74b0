package org.bamarrow.parts;

import org.bamarrow.WordedIOException;

/** A manifest that is there but tells nothing that can be trusted. */
final class BrokenManifestException extends WordedIOException {
  private static final long serialVersionUID = 1L;

  BrokenManifestException(String problem) {
    super(problem, Manifest.AGAIN);
  }
}
