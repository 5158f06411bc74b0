package org.bamarrow.internal.ipc;

import static org.bamarrow.internal.ipc.BufferCodec.broken;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * Reads one LZ4 frame (LZ4 Frame Format 1.6.x) into a target of exactly its size. Supports linked
 * blocks (written by Arrow C++) and checksums. Bytes after the frame are ignored. Used once.
 */
final class Lz4FrameReader {
  private static final int INDEPENDENT = 1 << 5;
  private static final int BLOCK_CHECKSUM = 1 << 4;
  private static final int CONTENT_SIZE = 1 << 3;
  private static final int CONTENT_CHECKSUM = 1 << 2;
  private static final int DICTIONARY = 1;

  private final XXHash32 hash = XXHashFactory.fastestInstance().hash32();
  private final LZ4SafeDecompressor decompressor = LZ4Factory.fastestInstance().safeDecompressor();
  private final ByteBuffer source;
  private final ByteBuffer target;
  private int flags;

  Lz4FrameReader(ByteBuffer source, ByteBuffer target) {
    this.source = source.order(ByteOrder.LITTLE_ENDIAN);
    this.target = target;
  }

  /**
   * Reads the frame.
   *
   * @throws IllegalArgumentException if the frame is invalid or does not fill the target exactly
   */
  void read() {
    try {
      readHeader();
      while (readBlock()) {}
      if (has(CONTENT_CHECKSUM)) {
        requireHash(source.getInt(), hash.hash(target, 0, target.position(), 0), "content");
      }
    } catch (BufferUnderflowException e) {
      throw broken("truncated LZ4 frame");
    }
    if (target.hasRemaining()) {
      throw broken(
          "its LZ4 frame contains "
              + target.position()
              + " bytes, not the declared "
              + target.capacity());
    }
  }

  private void readHeader() {
    if (source.getInt() != Lz4FrameCodec.MAGIC) {
      throw broken("it does not start with an LZ4 frame");
    }
    int start = source.position();
    flags = source.get();
    int blockCode = source.get() >> 4 & 7;
    if (flags >> 6 != 1 || has(DICTIONARY) || blockCode < 4) {
      throw broken("unsupported version of the LZ4 frame, or it needs a dictionary");
    }
    long size = has(CONTENT_SIZE) ? source.getLong() : target.capacity();
    if (size != target.capacity()) {
      throw broken(
          "its LZ4 frame contains " + size + " bytes, not the declared " + target.capacity());
    }
    int length = source.position() - start;
    requireHash(source.get() & 0xff, hash.hash(source, start, length, 0) >>> 8 & 0xff, "header");
  }

  /** Reads a block; false at the end mark. */
  private boolean readBlock() {
    int word = source.getInt();
    if (word == 0) {
      return false;
    }
    int length = word & Integer.MAX_VALUE;
    if (length > source.remaining()) {
      throw new BufferUnderflowException();
    }
    int from = source.position();
    if (word < 0) {
      store(from, length);
    } else if (has(INDEPENDENT) || target.position() == 0) {
      decompress(from, length);
    } else {
      Lz4LinkedBlock.decompress(source.slice(from, length), target);
    }
    source.position(from + length);
    if (has(BLOCK_CHECKSUM)) {
      requireHash(source.getInt(), hash.hash(source, from, length, 0), "block");
    }
    return true;
  }

  private void store(int from, int length) {
    if (length > target.remaining()) {
      throw broken("its LZ4 frame contains more than the declared " + target.capacity() + " bytes");
    }
    target.put(source.slice(from, length));
  }

  private void decompress(int from, int length) {
    try {
      int written =
          decompressor.decompress(
              source, from, length, target, target.position(), target.remaining());
      target.position(target.position() + written);
    } catch (LZ4Exception e) {
      throw broken("invalid or too long LZ4 block (" + e.getMessage() + ")");
    }
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  private static void requireHash(int stored, int computed, String of) {
    if (stored != computed) {
      throw broken("the checksum of its LZ4 " + of + " does not match");
    }
  }
}
