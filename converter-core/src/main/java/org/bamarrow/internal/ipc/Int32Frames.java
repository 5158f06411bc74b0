package org.bamarrow.internal.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Compresses 4-byte integers to Zstandard frames (RFC 8878). Successive offsets and positions have
 * the same high bytes, three of four. The encoders of zstd that are fast find no matches that
 * short; this one only looks 4 bytes back, for matches of 3 bytes or more, so that nearly every
 * match is a repeated offset and takes a few bits. Not thread-safe.
 */
final class Int32Frames implements AutoCloseable {
  private static final int MAGIC = 0xFD2FB528;
  private static final int MAX_BLOCK = 1 << 17;
  private static final int MIN_MATCH = 3;

  /**
   * The only offset code: the first repeated offset. At the start of a frame the repeated offsets
   * are 1, 4 and 8. A sequence without literals uses the second instead of the first, which then
   * becomes the first; so the first sequence of a frame has no literals.
   */
  private static final int OFFSET_CODE = 0;

  private static final int RLE_MODE = 1;

  /** Block types. */
  private static final int RAW = 0;

  private static final int COMPRESSED = 2;

  /** Number of sequences from which it takes 3 bytes. */
  private static final int LONG_COUNT = 0x7F00;

  /** Ascending steps for each descending one, and values for each ascending step. */
  private static final int MIN_RATIO = 3;

  private static final int MAX_RUN = 64;

  /** The first codes with extra bits. */
  private static final int LITERAL_EXTRA = 16;

  private static final int MATCH_EXTRA = 32;

  private final int[] values = new int[MAX_BLOCK / 4];
  private final byte[] bytes = new byte[MAX_BLOCK];
  private final byte[] literals = new byte[MAX_BLOCK];
  private final int[] literalLengths = new int[MAX_BLOCK / 4 + 1];
  private final int[] matchLengths = new int[MAX_BLOCK / 4 + 1];
  private final byte[] literalCodes = new byte[MAX_BLOCK / 4 + 1];
  private final byte[] matchCodes = new byte[MAX_BLOCK / 4 + 1];
  private final FseTable literalTable = new FseTable(SequenceCodes.LITERALS.size(), 9);
  private final FseTable matchTable = new FseTable(SequenceCodes.MATCHES.size(), 9);
  private final BitOutput bits = new BitOutput();
  private final ZstdLiterals huffman = new ZstdLiterals();
  private byte[] frame = new byte[1 << 16];

  /** Number of literals of the block that a block of their own has already. */
  private int literalStart;

  private int literalCount;
  private int sequences;

  /**
   * Whether the values are ascending with few exceptions, by the first block.
   *
   * @param source from 0 to its capacity
   */
  boolean suits(ByteBuffer source) {
    int size = source.capacity();
    if (size % Integer.BYTES != 0) {
      return false;
    }
    int count = Math.min(MAX_BLOCK, size) / Integer.BYTES;
    source.duplicate().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values, 0, count);
    int up = 0;
    int down = 0;
    for (int i = 1; i < count; i++) {
      if (values[i] > values[i - 1]) {
        up++;
      } else if (values[i] < values[i - 1]) {
        down++;
      }
    }
    return up > MIN_RATIO * down && up > count / MAX_RUN;
  }

  /**
   * Writes a frame to the start of the target; returns its length in bytes.
   *
   * @param source from 0 to its capacity, a multiple of 4
   */
  int compress(ByteBuffer source, ByteBuffer target) {
    int length = compress(source);
    target.put(0, frame, 0, length);
    return length;
  }

  private int compress(ByteBuffer source) {
    int size = source.capacity();
    int most = size + (size >> 2) + 1024;
    if (frame.length < most) {
      frame = new byte[most];
    }
    int at = header(size);
    ByteBuffer rest = source.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    for (int from = 0; from < size; from += MAX_BLOCK) {
      int length = Math.min(MAX_BLOCK, size - from);
      literalStart = 0;
      rest.position(from);
      rest.asIntBuffer().get(values, 0, length / 4);
      rest.get(bytes, 0, length);
      parse(length / 4);
      boolean last = from + length == size;
      if (from == 0 && sequences > 0) {
        at = firstLiterals(at);
      }
      at = block(at, length, last);
    }
    return at;
  }

  /** A frame of a single segment with its content size. */
  private int header(int size) {
    ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(MAGIC).put((byte) 0xA0).putInt(size);
    return header.position();
  }

  /** Divides the values into literals and matches; the first value is never part of a match. */
  private void parse(int count) {
    // Local variables: the quick compiler reads fields again for every value.
    int[] integers = values;
    byte[] source = bytes;
    byte[] target = literals;
    int[] literalOf = literalLengths;
    int[] matchOf = matchLengths;
    int found = 0;
    int to = 0;
    int at = 0; // of the first byte since the last match
    int literal = 4; // bytes since the last match
    int match = 0; // equal bytes after them, up to the current value
    int previous = integers[0];
    for (int i = 1; i < count; i++) {
      int value = integers[i];
      int difference = value ^ previous;
      previous = value;
      if (difference == 0) {
        match += 4;
        continue;
      }
      int low = equalLow(difference);
      match += low;
      if (match >= MIN_MATCH) {
        literalOf[found] = literal;
        matchOf[found++] = match;
        for (; literal > 0; literal--) {
          target[to++] = source[at++];
        }
        at += match;
      } else {
        literal += match;
      }
      match = equalHigh(difference);
      literal += 4 - low - match;
    }
    if (match >= MIN_MATCH) {
      literalOf[found] = literal;
      matchOf[found++] = match;
    } else {
      literal += match;
    }
    System.arraycopy(source, at, target, to, literal);
    literalCount = to + literal;
    sequences = found;
  }

  /** Number of equal bytes from the lowest, by the bits that differ. */
  private static int equalLow(int difference) {
    if ((difference & 0xFF) != 0) {
      return 0;
    }
    return (difference & 0xFF00) != 0 ? 1 : (difference & 0xFF0000) != 0 ? 2 : 3;
  }

  /** Number of equal bytes from the highest. */
  private static int equalHigh(int difference) {
    if ((difference & 0xFFFFFF00) == 0) {
      return 3;
    }
    return (difference & 0xFFFF0000) == 0 ? 2 : (difference & 0xFF000000) == 0 ? 1 : 0;
  }

  /** Writes the literals before the first match as a raw block. */
  private int firstLiterals(int start) {
    int count = literalLengths[0];
    literalLengths[0] = 0;
    literalStart = count;
    System.arraycopy(bytes, 0, frame, start + 3, count);
    return blockHeader(start, RAW, count, false);
  }

  /** Writes the block of the values' bytes from {@link #literalStart} to {@code end}. */
  private int block(int start, int end, boolean last) {
    int length = end - literalStart;
    int content = sequences == 0 ? length : sequences(literals(start + 3)) - start - 3;
    if (content < length) {
      return blockHeader(start, COMPRESSED, content, last);
    }
    System.arraycopy(bytes, literalStart, frame, start + 3, length);
    return blockHeader(start, RAW, length, last);
  }

  /** Writes the header of a block; returns the position after its content. */
  private int blockHeader(int start, int type, int length, boolean last) {
    put3(start, length << 3 | type << 1 | (last ? 1 : 0));
    return start + 3 + length;
  }

  private void put3(int at, int value) {
    frame[at] = (byte) value;
    frame[at + 1] = (byte) (value >> 8);
    frame[at + 2] = (byte) (value >> 16);
  }

  private int literals(int at) {
    int count = literalCount - literalStart;
    int compressed = huffman.compress(literals, literalStart, count, frame, at);
    if (compressed > 0) {
      return at + compressed;
    }
    put3(at, count << 4 | 0b1100); // raw, size in 20 bits
    System.arraycopy(literals, literalStart, frame, at + 3, count);
    return at + 3 + count;
  }

  private int sequences(int start) {
    int at = start;
    if (sequences < LONG_COUNT) {
      frame[at++] = (byte) ((sequences >> 8) + 0x80);
      frame[at++] = (byte) sequences;
    } else {
      put3(at, 0xFF | sequences - LONG_COUNT << 8);
      at += 3;
    }
    int modes = at++;
    bits.start(frame, at);
    SequenceCodes.LITERALS.codes(literalLengths, sequences, literalCodes, literalTable);
    int literalMode = literalTable.build(sequences, bits);
    bits.add(OFFSET_CODE, 8);
    SequenceCodes.MATCHES.codes(matchLengths, sequences, matchCodes, matchTable);
    int matchMode = matchTable.build(sequences, bits);
    frame[modes] = (byte) (literalMode << 6 | RLE_MODE << 4 | matchMode << 2);
    encode(matchMode == RLE_MODE);
    return bits.finish();
  }

  /** Encodes the sequences from the last to the first, as they are decoded backwards. */
  private void encode(boolean equalMatches) {
    int last = sequences - 1;
    literalTable.start(literalCodes[last]);
    matchTable.start(matchCodes[last]);
    extra(last);
    for (int i = last - 1; i >= 0; i--) {
      if (!equalMatches) {
        matchTable.encode(matchCodes[i], bits);
      }
      literalTable.encode(literalCodes[i], bits);
      bits.flushIfFull();
      extra(i);
    }
    bits.flush();
    matchTable.finish(bits);
    literalTable.finish(bits);
    bits.add(1, 1); // end of the bitstream
  }

  private void extra(int i) {
    int literal = literalCodes[i];
    int match = matchCodes[i];
    if (literal >= LITERAL_EXTRA || match >= MATCH_EXTRA) {
      bits.flush();
      SequenceCodes.LITERALS.extra(literalLengths[i], literal, bits);
      SequenceCodes.MATCHES.extra(matchLengths[i], match, bits);
      bits.flush();
    }
  }

  @Override
  public void close() {
    huffman.close();
  }
}
