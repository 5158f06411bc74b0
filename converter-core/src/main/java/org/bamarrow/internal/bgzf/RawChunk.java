package org.bamarrow.internal.bgzf;

import java.util.Arrays;

/**
 * A sequence of whole compressed BGZF blocks, with their offsets. Filled by one {@link
 * RawChunkReader}; afterwards any thread may read it until it is filled again.
 */
public final class RawChunk {
  byte[] bytes;
  int length;
  int blocks;
  int[] at = new int[64];
  int[] headerLength = new int[64];
  int[] inflatedLength = new int[64];
  long position;
  long inflatedSize;

  /** Compressed size of the chunk in bytes. */
  public int length() {
    return length;
  }

  public int blocks() {
    return blocks;
  }

  /** 0-based position in the file of the first block. */
  public long position() {
    return position;
  }

  /** 0-based position in the file of block {@code i}. */
  public long position(int i) {
    return position + at[i];
  }

  /** Inflated size of block {@code i} according to its ISIZE field. */
  public int inflatedLength(int i) {
    return inflatedLength[i];
  }

  /** Inflated size of all blocks according to their ISIZE fields, each at most 65536. */
  public long inflatedSize() {
    return inflatedSize;
  }

  void clear(long newPosition) {
    position = newPosition;
    length = 0;
    blocks = 0;
    inflatedSize = 0;
  }

  void ensureBytes(int capacity) {
    if (bytes == null) {
      bytes = new byte[capacity];
    } else if (bytes.length < capacity) {
      bytes = Arrays.copyOf(bytes, capacity);
    }
  }

  void add(int header, int isize, int blockSize) {
    if (blocks == at.length) {
      int more = 2 * blocks;
      at = Arrays.copyOf(at, more);
      headerLength = Arrays.copyOf(headerLength, more);
      inflatedLength = Arrays.copyOf(inflatedLength, more);
    }
    at[blocks] = length;
    headerLength[blocks] = header;
    inflatedLength[blocks] = isize;
    blocks++;
    length += blockSize;
    inflatedSize += isize;
  }

  /** Offset after the end of block {@code i}. */
  int end(int i) {
    return i + 1 < blocks ? at[i + 1] : length;
  }
}
