package org.bamarrow.io;

import java.io.Closeable;
import java.io.IOException;

/**
 * The bytes of one input, read by position: the interface between bamarrow and the storage of a BAM
 * (a local file, standard input, an object store, a Hadoop file system). Implementations are
 * thread-safe.
 */
public interface ByteSource extends Closeable {
  /** For {@link #size()}: not known before the end of the source is reached. */
  long UNKNOWN_SIZE = -1;

  /** {@return the name for messages and for the {@code file} column, as the user gave it} */
  String name();

  /** {@return size in bytes, or {@link #UNKNOWN_SIZE} for a stream} */
  long size();

  /**
   * Reads {@code length} bytes at {@code position}; fewer (down to 0) only where the source ends.
   *
   * @param position 0-based offset in the source in bytes
   * @param target takes the bytes
   * @param offset index in {@code target} of the first byte
   * @param length maximum number of bytes, 1 or more
   * @return bytes read
   * @throws java.io.IOException if the input cannot be read
   */
  int read(long position, byte[] target, int offset, int length) throws IOException;

  /**
   * Declares that nothing before {@code position} is read again: a stream can discard those bytes.
   *
   * @param position 0-based offset in the source in bytes
   */
  default void release(long position) {}
}
