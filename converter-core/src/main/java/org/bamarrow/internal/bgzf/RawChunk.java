package org.bamarrow.internal.bgzf;

import java.util.Arrays;

/**
 * A run of whole BGZF blocks as they lie in the file, with a table of them. Filled by one {@link
 * RawChunkReader}; afterwards any thread may read it until it is filled anew.
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

  /** Bytes of the whole chunk in the file. */
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

  /** Inflated bytes of block {@code i} as its ISIZE field claims them. */
  public int inflatedLength(int i) {
    return inflatedLength[i];
  }

  /** Inflated bytes of all blocks as their ISIZE fields claim them, each at most 65536. */
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

  /** Offset behind block {@code i}. */
  int end(int i) {
    return i + 1 < blocks ? at[i + 1] : length;
  }
}
