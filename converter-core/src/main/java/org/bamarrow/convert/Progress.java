package org.bamarrow.convert;

import java.util.function.LongSupplier;

/** Receives the progress and the warnings of a conversion. */
public interface Progress {
  /** Ignores everything. */
  Progress NONE = (totalBytes, bytesRead) -> () -> {};

  /** Ends the progress display; called once, also after an error. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Called when reading begins.
   *
   * @param totalBytes compressed size of all inputs in bytes; -1 if one of them is a stream
   * @param bytesRead gives the number of bytes read so far; any thread may call it at any time
   * @return handle that is closed when reading ends
   */
  Watch watch(long totalBytes, LongSupplier bytesRead);

  /**
   * A warning for the user.
   *
   * @param message one line, without a full stop
   */
  default void warn(String message) {}
}
