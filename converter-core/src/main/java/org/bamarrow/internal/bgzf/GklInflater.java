package org.bamarrow.internal.bgzf;

import com.intel.gkl.compression.IntelInflater;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.DataFormatException;

/**
 * ISA-L by way of Intel's Genomics Kernel Library (native code inside its jar, x86-64 only).
 *
 * <p>{@link IntelInflater} tells neither the input left nor whether the stream has ended. So a
 * stream is refused when it gives fewer or more bytes than stated; of a stream that gives exactly
 * the stated bytes and lacks only (a part of) its last end-of-block code not every case is seen.
 */
final class GklInflater extends CheckedInflater {
  static final String NAME = "gkl";

  /** Loads the library, once a process. */
  private static final class Library {
    /** Takes some 20 ms, unless the folder for temporary files stands still. */
    private static final int UNPACKING_SECONDS = 5;

    /** Why the library is not there; null where it is. */
    static final String MISSING = load();

    private static String load() {
      String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
      if (!arch.equals("amd64") && !arch.equals("x86_64")) {
        return "GKL has native code for x86-64 only, this JVM runs on " + arch;
      }
      CountDownLatch unpacked = new CountDownLatch(1);
      Thread ending = new Thread(() -> await(unpacked), "bamarrow-gkl-unpacking");
      try {
        Runtime.getRuntime().addShutdownHook(ending);
        return loadFrom(Files.createTempDirectory("bamarrow-gkl"));
      } catch (IOException
          | LinkageError
          | IllegalStateException e) { // the last: the JVM is ending
        return "GKL's native library did not load: " + e;
      } finally {
        unpacked.countDown();
      }
    }

    /**
     * An end of the JVM waits until the copy is gone: a command that finds no input ends while the
     * library is being unpacked by a thread that nobody waits for.
     */
    private static void await(CountDownLatch unpacked) {
      try {
        unpacked.await(UNPACKING_SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /**
     * GKL unpacks its library into the folder given and deletes it at a regular end of the JVM
     * only. The mapping outlives the name, so the copy goes at once.
     */
    private static String loadFrom(Path folder) throws IOException {
      boolean[] loaded = new boolean[1];
      try {
        GklLog.during(() -> loaded[0] = new IntelInflater(true).load(folder.toFile()));
        return loaded[0] ? null : "GKL's native library did not load: " + GklLog.lastWarning();
      } finally {
        File[] copies = folder.toFile().listFiles();
        for (File copy : copies == null ? new File[0] : copies) {
          Files.deleteIfExists(copy.toPath());
        }
        Files.deleteIfExists(folder);
      }
    }
  }

  /**
   * Input for the question whether a stream goes on: a finished one does not read it. The pattern
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

  /** Why this inflater cannot be had in this process; null where it can. Loads the library. */
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
      if (targetLength > 0) { // GKL refuses 0
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
    } catch (RuntimeException e) { // GKL's way to tell a broken stream
      throw broken(e.getMessage());
    }
  }

  @Override
  void free() {
    inflater.end();
  }
}
