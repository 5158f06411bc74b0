package org.bamarrow.internal.bgzf;

import com.intel.gkl.compression.IntelInflater;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DataFormatException;

/**
 * ISA-L through Intel's Genomics Kernel Library (native code in its jar, x86-64 only).
 *
 * <p>{@link IntelInflater} reports neither the remaining input nor the end of the stream. A stream
 * that inflates to fewer or more bytes than expected is an error; a stream that inflates to exactly
 * the expected bytes, but lacks (part of) its last end-of-block code, is not always detected.
 */
final class GklInflater extends CheckedInflater {
  static final String NAME = "gkl";

  /** Loads the library, once a process. */
  private static final class Library {
    /** Why the library is not available; null if it is. */
    static final String MISSING = load();

    private static String load() {
      String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
      if (!arch.equals("amd64") && !arch.equals("x86_64")) {
        return "GKL has native code for x86-64 only, this JVM runs on " + arch;
      }
      try {
        return UnpackFolder.during("bamarrow-gkl", Library::loadFrom);
      } catch (IOException
          | LinkageError
          | IllegalStateException e) { // IllegalStateException: the JVM is shutting down
        return "GKL's native library could not be loaded: " + e;
      }
    }

    /** GKL itself would delete its copy only at a regular exit of the JVM. */
    private static String loadFrom(Path folder) {
      boolean[] loaded = new boolean[1];
      GklLog.during(() -> loaded[0] = new IntelInflater(true).load(folder.toFile()));
      return loaded[0] ? null : "GKL's native library could not be loaded: " + GklLog.lastWarning();
    }
  }

  /**
   * Input that tests whether a stream continues: a finished stream does not read it. The pattern
   * completes neither the end-of-block code of fixed blocks (zeros) nor the usual one of dynamic
   * blocks (mostly ones).
   */
  private static final byte[] PROBE_INPUT = new byte[32];

  static {
    Arrays.fill(PROBE_INPUT, (byte) 0x55);
  }

  private final IntelInflater inflater = new IntelInflater(true);
  private final byte[] probe = new byte[1];

  private GklInflater() {
    super(NAME);
  }

  /** Why this inflater is not available in this process; null if it is. Loads the library. */
  static String missing() {
    return Library.MISSING;
  }

  static GklInflater open() {
    if (missing() != null) {
      throw new IllegalStateException(missing());
    }
    return new GklInflater();
  }

  @Override
  void inflateChecked(
      byte[] source,
      int sourceOffset,
      int sourceLength,
      byte[] target,
      int targetOffset,
      int targetLength)
      throws DataFormatException {
    try {
      inflater.reset();
      inflater.setInput(source, sourceOffset, sourceLength);
      if (targetLength > 0) { // GKL does not accept 0
        int count = inflater.inflate(target, targetOffset, targetLength);
        if (count < targetLength) {
          throw tooShort(targetLength);
        }
        inflater.setInput(PROBE_INPUT, 0, PROBE_INPUT.length);
      }
      if (inflater.inflate(probe, 0, 1) > 0) {
        throw tooLong(targetLength);
      }
    } catch (DataFormatException e) {
      throw e;
    } catch (RuntimeException e) { // thrown by GKL for invalid streams
      throw invalid(e.getMessage());
    }
  }

  @Override
  void free() {
    inflater.end();
  }
}
