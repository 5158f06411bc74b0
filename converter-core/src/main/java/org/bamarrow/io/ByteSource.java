package org.bamarrow.io;

import java.io.Closeable;
import java.io.IOException;

/**
 * The bytes of one input, read by position: the seam between bamarrow and the place where a BAM
 * lies (a local file, standard input, an object store, a Hadoop file system). Implementations are
 * thread-safe.
 */
public interface ByteSource extends Closeable {
  /** For {@link #size()}: not known before the end is reached. */
  long UNKNOWN_SIZE = -1;

  /** {@return the name for messages and for the {@code file} column, as the user gave it} */
  String name();

  /** {@return size in bytes, or {@link #UNKNOWN_SIZE} for a stream} */
  long size();

  /**
   * Reads {@code length} bytes at {@code position}; fewer (down to 0) only where the source ends.
   *
   * @param position offset in the source in bytes
   * @param target takes the bytes
   * @param offset index in {@code target} of the first byte
   * @param length maximum number of bytes, 1 or more
   * @return bytes read
   * @throws java.io.IOException if the input cannot be read
   */
  int read(long position, byte[] target, int offset, int length) throws IOException;

  /**
   * Promises that nothing below {@code position} is read again: a stream forgets those bytes.
   *
   * @param position offset in the source in bytes
   */
  default void release(long position) {}
}
