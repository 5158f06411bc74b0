package org.bamarrow.internal.ipc;

import java.nio.ByteBuffer;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/**
 * Compresses buffers of record batches to frames of one codec. Keeps native memory until it is
 * closed. Not thread-safe: each worker has its own.
 */
interface BufferCompressor extends AutoCloseable {
  CodecType codec();

  /** Maximum compressed size of {@code size} bytes. */
  long bound(int size);

  /**
   * Writes one frame to the start of the target and returns its length in bytes.
   *
   * @param kind what the source contains
   * @param rows number of rows of the batch
   * @param source direct, from 0 to its capacity
   * @param target direct, of at least {@link #bound} bytes
   */
  int compress(BufferKind kind, int rows, ByteBuffer source, ByteBuffer target);

  @Override
  void close();
}
