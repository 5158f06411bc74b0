package org.bamarrow.internal.ipc;

import java.nio.ByteBuffer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.AbstractCompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;

/**
 * Base class of codecs that work on direct byte buffers. Arrow's base class handles the 8-byte
 * prefix with the uncompressed length, and buffers that do not get smaller. Invalid data is
 * reported as {@link IllegalArgumentException}; the compressed buffer is then still owned by the
 * caller.
 */
abstract class BufferCodec extends AbstractCompressionCodec {
  private static final int PREFIX = (int) CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH;

  /** Maximum compressed size of {@code size} bytes. */
  abstract long bound(int size);

  /** Both buffers are direct, each from 0 to its capacity; returns the bytes written. */
  abstract int compress(ByteBuffer source, ByteBuffer target);

  /** As {@link #compress}; must fill the target to its last byte or throw. */
  abstract void decompress(ByteBuffer source, ByteBuffer target);

  /**
   * An empty buffer stays empty, as in Arrow C++. Arrow's base class writes only a prefix for it,
   * which pyarrow rejects for LZ4 ("less than one frame").
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
    long declared = readUncompressedLength(compressed);
    if (declared < 0) {
      throw broken("its uncompressed length is " + declared);
    }
    int size = intSize(declared);
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

  /** Throws, before memory is allocated, if the source cannot contain {@code size} bytes. */
  abstract void check(ByteBuffer source, int size);

  static int intSize(long size) {
    if (size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "an Arrow buffer of " + size + " bytes exceeds the codec's maximum of 2 GiB");
    }
    return (int) size;
  }

  static IllegalArgumentException broken(String what) {
    return new IllegalArgumentException("the compressed Arrow buffer is invalid: " + what);
  }
}
