package org.bamarrow.internal.ipc;

/** Codes of literal lengths and match lengths with their extra bits (RFC 8878, 3.1.1.3.2.1.1). */
final class SequenceCodes {
  private static final int[] LITERAL_BITS = {
    1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
  };
  private static final int[] MATCH_BITS = {
    1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
  };

  static final SequenceCodes LITERALS = new SequenceCodes(0, 16, LITERAL_BITS);
  static final SequenceCodes MATCHES = new SequenceCodes(3, 32, MATCH_BITS);

  /** Lengths below this have their code in a table. */
  private static final int DIRECT = 1 << 8;

  private final int[] bases;
  private final int[] bits;
  private final byte[] direct = new byte[DIRECT];

  /**
   * @param first the length of code 0
   * @param plain number of codes without extra bits
   */
  private SequenceCodes(int first, int plain, int[] extra) {
    bases = new int[plain + extra.length];
    bits = new int[bases.length];
    for (int code = 0, base = first; code < bases.length; code++) {
      bases[code] = base;
      bits[code] = code < plain ? 0 : extra[code - plain];
      base += 1 << bits[code];
    }
    for (int length = first, code = 0; length < DIRECT; length++) {
      while (code + 1 < bases.length && bases[code + 1] <= length) {
        code++;
      }
      direct[length] = (byte) code;
    }
  }

  /** Number of codes. */
  int size() {
    return bases.length;
  }

  /** Finds the codes of the first {@code count} lengths, and counts them in an empty table. */
  void codes(int[] lengths, int count, byte[] codes, FseTable table) {
    byte[] known = direct;
    int[] counts = table.clear();
    for (int i = 0; i < count; i++) {
      int length = lengths[i];
      byte code = length < DIRECT ? known[length] : longCode(length);
      codes[i] = code;
      counts[code]++;
    }
  }

  private byte longCode(int length) {
    int code = bases.length - 1;
    while (bases[code] > length) {
      code--;
    }
    return (byte) code;
  }

  /** Adds the extra bits of a length. */
  void extra(int length, int code, BitOutput output) {
    output.add(length - bases[code], bits[code]);
  }
}
