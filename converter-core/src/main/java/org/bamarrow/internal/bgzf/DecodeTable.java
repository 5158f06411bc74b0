package org.bamarrow.internal.bgzf;

import java.util.Arrays;
import java.util.zip.DataFormatException;

/**
 * Decodes one Huffman code of DEFLATE (RFC 1951 section 3.2.2). The lowest {@code width} bits of
 * the input are the index of an entry; for longer codes the entry leads to a table of its own. An
 * entry holds what the inner loop needs, so that it looks nothing else up:
 *
 * <pre>
 * bits   literal           length or distance           neither
 * 0-5    bits of the code  bits of code and extra bits  bits of the code
 * 6      1                 0                            0
 * 8-22   the literal       least value                  start of the table of longer codes
 * 23-26  bits of the code  bits of the code
 * 29-31  0                 0                            flags
 * </pre>
 */
final class DecodeTable {
  static final int LITERAL = 1 << 6;
  static final int NEITHER = 1 << 31;
  static final int LONGER = 1 << 30;
  static final int END_OF_BLOCK = 1 << 29;

  private static final int LONGEST = 15;

  /** A code of one bit, so that no input is without progress. */
  private static final int INVALID = NEITHER | 1;

  final int[] entries;

  /** The index has so many bits. */
  final int width;

  /** What each symbol becomes; the length of its code is added. */
  private final int[] symbols;

  private final int[] counts = new int[LONGEST + 1];
  private final int[] starts = new int[LONGEST + 2];
  private final short[] sorted;

  /**
   * @param symbols entries of the symbols, without the bits of their codes
   * @param width bits of an index, at most 15
   */
  DecodeTable(int width, int[] symbols) {
    this.width = width;
    this.symbols = symbols;
    sorted = new short[symbols.length];
    // Two or more codes share each table of longer codes.
    entries = new int[(1 << width) + (symbols.length / 2 << LONGEST - width)];
  }

  /**
   * Makes the table for codes of these lengths.
   *
   * @param lengths in bits, 0 to 15; 0 for symbols that do not occur
   * @param incomplete whether there may be one code of one bit, or none, as zlib allows it
   * @throws DataFormatException if no Huffman code has such lengths
   */
  void build(byte[] lengths, int from, int symbolCount, boolean incomplete)
      throws DataFormatException {
    int longest = sort(lengths, from, symbolCount);
    long unused = 1L << LONGEST;
    for (int length = 1; length <= longest; length++) {
      unused -= (long) counts[length] << LONGEST - length;
    }
    if (unused < 0 || unused > 0 && !(incomplete && longest <= 1)) {
      throw CheckedInflater.invalid("code lengths");
    }
    if (unused > 0) {
      Arrays.fill(entries, 0, 1 << width, INVALID);
    }
    fill(longest);
  }

  /** Counts lengths and sorts symbols by length; returns the longest. */
  private int sort(byte[] lengths, int from, int symbolCount) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < symbolCount; i++) {
      counts[lengths[from + i]]++;
    }
    counts[0] = 0;
    int longest = LONGEST;
    while (longest > 0 && counts[longest] == 0) {
      longest--;
    }
    starts[1] = 0;
    for (int length = 1; length <= LONGEST; length++) {
      starts[length + 1] = starts[length] + counts[length];
    }
    for (int symbol = 0; symbol < symbolCount; symbol++) {
      int length = lengths[from + symbol];
      if (length > 0) {
        sorted[starts[length]++] = (short) symbol;
      }
    }
    return longest;
  }

  /** A table for short codes is repeated for each further bit, before the codes with that bit. */
  private void fill(int longest) {
    int code = 0;
    int next = 0;
    int longTable = -1;
    int prefix = -1;
    int free = 1 << width;
    for (int length = 1; length <= Math.max(longest, width); length++) {
      code <<= 1;
      if (length > 1 && length <= width) {
        System.arraycopy(entries, 0, entries, 1 << length - 1, 1 << length - 1);
      }
      for (int left = counts[length]; left > 0; left--) {
        int reversed = Integer.reverse(code++) >>> 32 - length; // the first bit is the lowest
        int entry = symbols[sorted[next++]] + length * (1 << 23 | 1);
        if (length <= width) {
          entries[reversed] = entry;
          continue;
        }
        if (prefix != (reversed & (1 << width) - 1)) {
          prefix = reversed & (1 << width) - 1;
          longTable = free;
          free += 1 << LONGEST - width;
          entries[prefix] = NEITHER | LONGER | longTable << 8;
        }
        for (int i = reversed >>> width; i < 1 << LONGEST - width; i += 1 << length - width) {
          entries[longTable + i] = entry;
        }
      }
    }
  }

  /** The entry for the next bits, of the table of longer codes where it is one of those. */
  int entry(long bits) {
    int entry = entries[(int) bits & (1 << width) - 1];
    return (entry & LONGER) == 0 ? entry : longer(entry, bits);
  }

  /** The entry of the table of longer codes that {@code entry} leads to. */
  int longer(int entry, long bits) {
    return entries[(entry >>> 8 & 0x7fff) + ((int) (bits >>> width) & (1 << LONGEST - width) - 1)];
  }
}
