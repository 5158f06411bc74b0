package org.bamarrow.convert;

import java.util.function.LongSupplier;

/** Watches a conversion while it runs. */
public interface Progress {
  /** Watches nothing. */
  Progress NONE = (totalBytes, bytesRead) -> () -> {};

  /** Ends the watching; called once, also after an error. */
  interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Called when reading begins.
   *
   * @param totalBytes compressed bytes of all inputs, -1 where a stream is among them
   * @param bytesRead tells at any time how many of them have been read; any thread may ask
   * @return closed when reading ends
   */
  Watch watch(long totalBytes, LongSupplier bytesRead);

  /**
   * Something that the user should know, a line without a full stop.
   *
   * @param message a line without a full stop
   */
  default void warn(String message) {}
}
