package org.bamarrow.internal.bgzf;

import java.util.Arrays;
import java.util.zip.DataFormatException;

/** The two Huffman codes of a DEFLATE block (RFC 1951 sections 3.2.5 to 3.2.7). Reused. */
final class DeflateCodes {
  private static final int END = 256;

  /** In this order the lengths of the codes of code lengths are stored. */
  private static final byte[] LENGTH_ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  private static final int[] LITERALS_AND_LENGTHS = literalsAndLengths();
  private static final int[] DISTANCES = distances();
  private static final int[] CODE_LENGTHS = literals(LENGTH_ORDER.length);

  /** The codes of blocks that have none of their own. */
  static final DeflateCodes FIXED = fixed();

  // Widths of indices: measured (docs/performance.md).
  private static final int LITERAL_WIDTH = 11;
  private static final int DISTANCE_WIDTH = 9;
  static final int LITERAL_MASK = (1 << LITERAL_WIDTH) - 1;
  static final int DISTANCE_MASK = (1 << DISTANCE_WIDTH) - 1;

  final DecodeTable literals = new DecodeTable(LITERAL_WIDTH, LITERALS_AND_LENGTHS);
  final DecodeTable distances = new DecodeTable(DISTANCE_WIDTH, DISTANCES);
  private final DecodeTable codeLengths = new DecodeTable(7, CODE_LENGTHS);
  private final byte[] lengths = new byte[288 + 32];

  private static int[] literals(int count) {
    int[] entries = new int[count];
    for (int i = 0; i < count; i++) {
      entries[i] = i << 8 | DecodeTable.LITERAL;
    }
    return entries;
  }

  private static int[] literalsAndLengths() {
    int[] entries = Arrays.copyOf(literals(END), 288);
    entries[END] = DecodeTable.NEITHER | DecodeTable.END_OF_BLOCK;
    int least = 3;
    for (int i = 0; i < 28; i++) {
      int extra = Math.max(0, i / 4 - 1);
      entries[END + 1 + i] = least << 8 | extra;
      least += 1 << extra;
    }
    entries[285] = 258 << 8;
    entries[286] = DecodeTable.NEITHER;
    entries[287] = DecodeTable.NEITHER;
    return entries;
  }

  private static int[] distances() {
    int[] entries = new int[32];
    int least = 1;
    for (int i = 0; i < 30; i++) {
      int extra = Math.max(0, i / 2 - 1);
      entries[i] = least << 8 | extra;
      least += 1 << extra;
    }
    entries[30] = DecodeTable.NEITHER;
    entries[31] = DecodeTable.NEITHER;
    return entries;
  }

  private static DeflateCodes fixed() {
    DeflateCodes codes = new DeflateCodes();
    Arrays.fill(codes.lengths, 0, 144, (byte) 8);
    Arrays.fill(codes.lengths, 144, 256, (byte) 9);
    Arrays.fill(codes.lengths, 256, 280, (byte) 7);
    Arrays.fill(codes.lengths, 280, 288, (byte) 8);
    Arrays.fill(codes.lengths, 288, 320, (byte) 5);
    try {
      codes.build(288, 32);
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    }
    return codes;
  }

  private void build(int literalCount, int distanceCount) throws DataFormatException {
    literals.build(lengths, 0, literalCount, true);
    distances.build(lengths, literalCount, distanceCount, true);
  }

  /**
   * Reads the codes at the start of a block with dynamic codes.
   *
   * @throws DataFormatException if they are invalid or the stream ends within them
   */
  void read(DeflateInput in) throws DataFormatException {
    int literalCount = 257 + in.take(5);
    int distanceCount = 1 + in.take(5);
    int storedCount = 4 + in.take(4);
    if (literalCount > 286 || distanceCount > 30) {
      throw CheckedInflater.invalid("number of codes");
    }
    Arrays.fill(lengths, 0, LENGTH_ORDER.length, (byte) 0);
    for (int i = 0; i < storedCount; i++) {
      lengths[LENGTH_ORDER[i]] = (byte) in.take(3);
    }
    codeLengths.build(lengths, 0, LENGTH_ORDER.length, false);
    readLengths(in, literalCount + distanceCount);
    if (lengths[END] == 0) {
      throw CheckedInflater.invalid("no code for the end of the block");
    }
    build(literalCount, distanceCount);
  }

  private void readLengths(DeflateInput in, int total) throws DataFormatException {
    for (int at = 0; at < total; ) {
      in.refill();
      int entry = codeLengths.entry(in.bits);
      in.skip(entry & 63);
      int symbol = entry >>> 8 & 0xff;
      if (symbol < 16) {
        lengths[at++] = (byte) symbol;
        continue;
      }
      if (symbol == 16 && at == 0) {
        throw CheckedInflater.invalid("a repetition of no code length");
      }
      byte repeated = symbol == 16 ? lengths[at - 1] : 0;
      int times =
          switch (symbol) {
            case 16 -> 3 + in.take(2);
            case 17 -> 3 + in.take(3);
            default -> 11 + in.take(7);
          };
      if (times > total - at) {
        throw CheckedInflater.invalid("number of code lengths");
      }
      Arrays.fill(lengths, at, at + times, repeated);
      at += times;
    }
  }
}
