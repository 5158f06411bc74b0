package org.bamarrow.internal.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

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

  /** Offset 4 as an offset value, and its code: 2, which is followed by the lowest 2 bits. */
  private static final int OFFSET_VALUE = 4 + 3;

  private static final int OFFSET_CODE = 2;
  private static final int REPEATED_OFFSET_CODE = 0;

  /** Ascending steps for each descending one, and values for each ascending step. */
  private static final int MIN_RATIO = 8;

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
  private final FseTable offsetTable = new FseTable(OFFSET_CODE + 1, 8);
  private final FseTable matchTable = new FseTable(SequenceCodes.MATCHES.size(), 9);
  private final BitOutput bits = new BitOutput();
  private final ZstdLiterals huffman = new ZstdLiterals();
  private byte[] frame = new byte[1 << 16];
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
    int previous = 0;
    for (int from = 0; from < size; from += MAX_BLOCK) {
      int length = Math.min(MAX_BLOCK, size - from);
      rest.position(from);
      rest.asIntBuffer().get(values, 0, length / 4);
      rest.get(bytes, 0, length);
      parse(length / 4, previous, from == 0);
      previous = values[length / 4 - 1];
      at = block(at, length, from + length == size);
    }
    return at;
  }

  /** A frame of a single segment with its content size. */
  private int header(int size) {
    ByteBuffer header = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(MAGIC).put((byte) 0xA0).putInt(size);
    return header.position();
  }

  /**
   * Divides the values into literals and matches.
   *
   * @param before the value before the first
   * @param first whether there is none
   */
  private void parse(int count, int before, boolean first) {
    literalCount = 0;
    sequences = 0;
    literalTable.clear();
    matchTable.clear();
    int literal = first ? 4 : 0; // bytes since the last match
    int match = 0; // equal bytes after them, up to the current value
    int at = 0; // of the first of these literals
    int previous = first ? values[0] : before;
    for (int i = first ? 1 : 0; i < count; i++) {
      int difference = values[i] ^ previous;
      previous = values[i];
      if (difference == 0) {
        match += 4;
        continue;
      }
      int low = equalLow(difference);
      int high = equalHigh(difference);
      match += low;
      if (match >= MIN_MATCH) {
        add(at, literal, match);
        at += literal + match;
        literal = 0;
      } else {
        literal += match;
      }
      literal += 4 - low - high;
      match = high;
    }
    if (match >= MIN_MATCH) {
      add(at, literal, match);
    } else {
      copy(at, literal + match);
    }
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

  private void add(int at, int literal, int match) {
    copy(at, literal);
    int literalCode = SequenceCodes.LITERALS.code(literal);
    int matchCode = SequenceCodes.MATCHES.code(match);
    literalTable.count(literalCode, 1);
    matchTable.count(matchCode, 1);
    literalLengths[sequences] = literal;
    matchLengths[sequences] = match;
    literalCodes[sequences] = (byte) literalCode;
    matchCodes[sequences++] = (byte) matchCode;
  }

  private void copy(int from, int count) {
    int to = literalCount;
    for (int i = from; i < from + count; i++) {
      literals[to++] = bytes[i];
    }
    literalCount = to;
  }

  private int block(int start, int length, boolean last) {
    int end = sequences == 0 ? start + length + 3 : sequences(literals(start + 3));
    int type = 2;
    if (end - start - 3 >= length) { // stored
      System.arraycopy(bytes, 0, frame, start + 3, length);
      end = start + 3 + length;
      type = 0;
    }
    int header = (end - start - 3) << 3 | type << 1 | (last ? 1 : 0);
    frame[start] = (byte) header;
    frame[start + 1] = (byte) (header >> 8);
    frame[start + 2] = (byte) (header >> 16);
    return end;
  }

  private int literals(int at) {
    int compressed = huffman.compress(literals, literalCount, frame, at);
    if (compressed > 0) {
      return at + compressed;
    }
    int header = literalCount << 4 | 0b1100; // raw, size in 20 bits
    frame[at] = (byte) header;
    frame[at + 1] = (byte) (header >> 8);
    frame[at + 2] = (byte) (header >> 16);
    System.arraycopy(literals, 0, frame, at + 3, literalCount);
    return at + 3 + literalCount;
  }

  private int sequences(int start) {
    int at = start;
    if (sequences < 0x7F00) {
      frame[at++] = (byte) ((sequences >> 8) + 0x80);
      frame[at++] = (byte) sequences;
    } else {
      frame[at++] = (byte) 0xFF;
      frame[at++] = (byte) (sequences - 0x7F00);
      frame[at++] = (byte) (sequences - 0x7F00 >> 8);
    }
    int modes = at++;
    offsetTable.clear();
    offsetTable.count(OFFSET_CODE, 1);
    offsetTable.count(REPEATED_OFFSET_CODE, sequences - 1);
    bits.start(frame, at);
    int literalMode = literalTable.build(sequences, bits);
    int offsetMode = offsetTable.build(sequences, bits);
    int matchMode = matchTable.build(sequences, bits);
    frame[modes] = (byte) (literalMode << 6 | offsetMode << 4 | matchMode << 2);
    encode();
    return bits.finish();
  }

  /** Encodes the sequences from the last to the first, as they are decoded backwards. */
  private void encode() {
    int last = sequences - 1;
    literalTable.start(literalCodes[last]);
    offsetTable.start(last == 0 ? OFFSET_CODE : REPEATED_OFFSET_CODE);
    matchTable.start(matchCodes[last]);
    extra(last);
    for (int i = last - 1; i > 0; i--) {
      offsetTable.encode(REPEATED_OFFSET_CODE, bits);
      matchTable.encode(matchCodes[i], bits);
      literalTable.encode(literalCodes[i], bits);
      bits.flushIfFull();
      extra(i);
    }
    if (last > 0) {
      offsetTable.encode(OFFSET_CODE, bits);
      matchTable.encode(matchCodes[0], bits);
      literalTable.encode(literalCodes[0], bits);
      bits.flush();
      extra(0);
    }
    bits.add(OFFSET_VALUE & 3, OFFSET_CODE);
    bits.flush();
    matchTable.finish(bits);
    offsetTable.finish(bits);
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
