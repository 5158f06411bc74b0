package org.bamarrow.internal.ipc;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;

/**
 * Huffman-compressed literals sections (RFC 8878, 3.1.1.3.1) by zstd itself: a frame of data
 * without matches is one block, whose content is such a section and an empty sequences section.
 */
final class ZstdLiterals implements AutoCloseable {
  private static final int LAST_COMPRESSED_BLOCK = 0b101;
  private static final int HUFFMAN = 2;

  /** Sections of fewer bytes are hardly smaller than the bytes themselves. */
  private static final int MIN_LITERALS = 64;

  private final ZstdCompressCtx context = new ZstdCompressCtx();
  private byte[] frame = new byte[0];

  ZstdLiterals() {
    context.setLevel(ZstdParameters.BASE_LEVEL);
    ZstdParameters.LITERALS.applyTo(context);
  }

  /**
   * Writes a literals section; returns its length, or 0 if there is none that is smaller than the
   * literals.
   */
  int compress(byte[] literals, int from, int count, byte[] target, int at) {
    if (count < MIN_LITERALS) {
      return 0;
    }
    int bound = (int) Zstd.compressBound(count);
    if (frame.length < bound) {
      frame = new byte[bound];
    }
    int end = context.compressByteArray(frame, 0, bound, literals, from, count);
    int descriptor = frame[4];
    boolean singleSegment = (descriptor & 0x20) != 0;
    int size = new int[] {singleSegment ? 1 : 0, 2, 4, 8}[descriptor >> 6 & 3];
    int block = 5 + (singleSegment ? 0 : 1) + size;
    int header = read(block);
    int content = block + 3;
    if ((header & 7) != LAST_COMPRESSED_BLOCK || content + (header >> 3) != end) {
      return 0;
    }
    int section = section(content);
    if (section != (header >> 3) - 1 || frame[end - 1] != 0 || section >= count) {
      return 0; // there are sequences
    }
    System.arraycopy(frame, content, target, at, section);
    return section;
  }

  /** Length of the literals section, or -1. */
  private int section(int at) {
    int format = frame[at] >> 2 & 3;
    if ((frame[at] & 3) != HUFFMAN) {
      return -1;
    }
    long header = read(at) | (long) read(at + 2) << 16;
    return switch (format) {
      case 0, 1 -> 3 + (int) (header >> 14 & 0x3FF);
      case 2 -> 4 + (int) (header >> 18 & 0x3FFF);
      default -> 5 + (int) (header >> 22 & 0x3FFFF);
    };
  }

  private int read(int at) {
    return frame[at] & 0xFF | (frame[at + 1] & 0xFF) << 8 | (frame[at + 2] & 0xFF) << 16;
  }

  @Override
  public void close() {
    context.close();
  }
}
