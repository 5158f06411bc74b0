package org.bamarrow.internal.ipc;

import static org.bamarrow.internal.ipc.BufferCodec.broken;

import java.nio.ByteBuffer;

/**
 * Decompresses an LZ4 block (LZ4 Block Format) whose matches may reach back into the blocks before
 * it. lz4-java has no call for that. Only files of other writers have such blocks, so this is
 * plain, not fast.
 */
final class Lz4LinkedBlock {
  private static final int MIN_MATCH = 4;

  /** Far from overflow. */
  private static final int MAX_LENGTH = 1 << 30;

  private Lz4LinkedBlock() {}

  /**
   * @param source the whole block
   * @param target holds all bytes before the block; filled on from its position
   */
  static void decompress(ByteBuffer source, ByteBuffer target) {
    while (true) {
      int token = next(source);
      int literals = length(token >>> 4, source);
      if (literals > source.remaining()) {
        throw broken("an LZ4 block is cut short");
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
        throw broken("an LZ4 match reaches back before the start");
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
          throw broken("an LZ4 block states a length past " + MAX_LENGTH);
        }
      } while (more == 255);
    }
    return length;
  }

  private static int next(ByteBuffer source) {
    if (!source.hasRemaining()) {
      throw broken("an LZ4 block is cut short");
    }
    return source.get() & 0xff;
  }

  private static void require(int length, ByteBuffer target) {
    if (length > target.remaining()) {
      throw broken("its LZ4 frame holds more than the stated " + target.capacity() + " bytes");
    }
  }
}
