package org.bamarrow.internal.ipc;

import java.nio.ByteBuffer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;

/**
 * From Arrow's buffers to direct byte buffers and back. The prefix of 8 bytes that tells the
 * uncompressed length and buffers that do not get smaller are Arrow's base class's work. Bad data
 * is an {@link IllegalArgumentException}; the compressed buffer then stays the caller's.
 */
abstract class BufferCodec extends AbstractCompressionCodec {
  private static final int PREFIX = (int) CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH;

  /** The most bytes that {@code size} bytes can become. */
  abstract long bound(int size);

  /** Both buffers are direct, each from 0 to its capacity; returns the bytes written. */
  abstract int compress(ByteBuffer source, ByteBuffer target);

  /** As {@link #compress}; must fill the target to its last byte or throw. */
  abstract void decompress(ByteBuffer source, ByteBuffer target);

  /**
   * An empty buffer stays empty, as Arrow C++ writes it. Arrow's base class makes a bare prefix of
   * it, which pyarrow refuses for LZ4 ("less than one frame").
   */
  @Override
  public final ArrowBuf compress(BufferAllocator allocator, ArrowBuf uncompressed) {
    if (uncompressed.writerIndex() > 0) {
      return super.compress(allocator, uncompressed);
    }
    uncompressed.close();
    return allocator.getEmpty();
  }

  @Override
  protected final ArrowBuf doCompress(BufferAllocator allocator, ArrowBuf uncompressed) {
    int size = intSize(uncompressed.writerIndex());
    int bound = intSize(bound(size));
    ArrowBuf compressed = allocator.buffer((long) PREFIX + bound);
    try {
      int written = compress(uncompressed.nioBuffer(0, size), compressed.nioBuffer(PREFIX, bound));
      return compressed.writerIndex((long) PREFIX + written);
    } catch (Throwable e) {
      compressed.close();
      throw e;
    }
  }

  @Override
  protected final ArrowBuf doDecompress(BufferAllocator allocator, ArrowBuf compressed) {
    long stated = readUncompressedLength(compressed);
    if (stated < 0) {
      throw broken("its uncompressed length is " + stated);
    }
    int size = intSize(stated);
    ByteBuffer source = compressed.nioBuffer(PREFIX, intSize(compressed.writerIndex() - PREFIX));
    check(source, size);
    ArrowBuf uncompressed = allocator.buffer(size);
    try {
      decompress(source, uncompressed.nioBuffer(0, size));
      return uncompressed.writerIndex(size);
    } catch (Throwable e) {
      uncompressed.close();
      throw e;
    }
  }

  /** Throws, before memory is taken, if the source cannot hold {@code size} bytes. */
  abstract void check(ByteBuffer source, int size);

  private static int intSize(long size) {
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "an Arrow buffer of " + size + " bytes is past the 2 GiB that a codec takes");
    }
    return (int) size;
  }

  static IllegalArgumentException broken(String what) {
    return new IllegalArgumentException("the compressed Arrow buffer is broken: " + what);
  }
}
