package org.bamarrow.parts;

import java.io.IOException;

/** A directory of parts whose manifest cannot be used, so that nobody knows which parts count. */
public final class BrokenManifestException extends IOException {
  private static final long serialVersionUID = 1L;

  BrokenManifestException(String directory, String problem) {
    super(
        directory
            + ": its "
            + Manifest.NAME
            + " is broken: "
            + problem
            + "; convert again with --force");
  }
}
