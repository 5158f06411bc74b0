package org.bamarrow.internal.ipc;

import static org.bamarrow.internal.ipc.BufferCodec.broken;

import java.nio.ByteBuffer;

/**
 * Decompresses an LZ4 block (LZ4 Block Format) whose matches may refer to earlier blocks, which
 * lz4-java does not support. Only files of other writers have such blocks, so this code is simple,
 * not fast.
 */
final class Lz4LinkedBlock {
  private static final int MIN_MATCH = 4;

  /** Prevents integer overflow. */
  private static final int MAX_LENGTH = 1 << 30;

  private Lz4LinkedBlock() {}

  /**
   * Decompresses a block.
   *
   * @param source the whole block
   * @param target contains all bytes before the block; the block is appended at its position
   */
  static void decompress(ByteBuffer source, ByteBuffer target) {
    while (true) {
      int token = next(source);
      int literals = length(token >>> 4, source);
      if (literals > source.remaining()) {
        throw broken("truncated LZ4 block");
      }
      require(literals, target);
      target.put(source.slice(source.position(), literals));
      source.position(source.position() + literals);
      if (!source.hasRemaining()) {
        return; // the last sequence has literals only
      }
      int offset = next(source) | next(source) << 8;
      int match = length(token & 15, source) + MIN_MATCH;
      require(match, target);
      int from = target.position() - offset;
      if (offset == 0 || from < 0) {
        throw broken("an LZ4 match refers to bytes before the start");
      }
      for (int i = 0; i < match; i++) { // byte by byte: a match may overlap itself
        target.put(target.get(from + i));
      }
    }
  }

  private static int length(int nibble, ByteBuffer source) {
    int length = nibble;
    if (nibble == 15) {
      int more;
      do {
        more = next(source);
        length += more;
        if (length > MAX_LENGTH) {
          throw broken("an LZ4 block declares a length over " + MAX_LENGTH);
        }
      } while (more == 255);
    }
    return length;
  }

  private static int next(ByteBuffer source) {
    if (!source.hasRemaining()) {
      throw broken("truncated LZ4 block");
    }
    return source.get() & 0xff;
  }

  private static void require(int length, ByteBuffer target) {
    if (length > target.remaining()) {
      throw broken("its LZ4 frame contains more than the declared " + target.capacity() + " bytes");
    }
  }
}
