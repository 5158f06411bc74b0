package org.bamarrow.internal.ipc;

import java.util.Arrays;

/**
 * Encodes symbols with a table of Finite State Entropy (RFC 8878, section 4.1), in the reverse
 * order of decoding. Reused for each block; a table of a single symbol needs no bits.
 */
final class FseTable {
  private static final int MIN_LOG = 5;
  private static final int MAX_LOG = 9;

  private final int[] counts;
  private final int[] normalized;
  private final int[] deltaBits;
  private final int[] deltaState;
  private final byte[] spread = new byte[1 << MAX_LOG];
  private final short[] states = new short[1 << MAX_LOG];
  private final int maxLog;
  private int log;
  private int state;

  /**
   * @param symbols size of the alphabet
   * @param maxLog maximum accuracy log, at most 9
   */
  FseTable(int symbols, int maxLog) {
    this.counts = new int[symbols];
    this.normalized = new int[symbols];
    this.deltaBits = new int[symbols];
    this.deltaState = new int[symbols];
    this.maxLog = maxLog;
  }

  /** Starts a new distribution; returns the counts of the symbols, which the caller fills. */
  int[] clear() {
    Arrays.fill(counts, 0);
    return counts;
  }

  /**
   * Builds the table of all counted symbols and writes its description.
   *
   * @param total number of counted symbols, 1 or more
   * @param bits at a byte boundary, and afterwards again
   * @return the compression mode of the table: 1 (RLE) or 2 (FSE)
   */
  int build(int total, BitOutput bits) {
    int last = counts.length - 1;
    while (counts[last] == 0) {
      last--;
    }
    if (counts[last] == total) {
      log = 0;
      deltaBits[last] = 0;
      deltaState[last] = 0;
      states[0] = 0;
      bits.add(last, 8);
      bits.flush();
      return 1;
    }
    log = Math.max(MIN_LOG, Math.min(maxLog, 30 - Integer.numberOfLeadingZeros(total)));
    normalize(total, last);
    describe(last, bits);
    spread(last);
    return 2;
  }

  /** Scales the counts to a sum of 2^log; every symbol that occurs keeps 1 or more. */
  private void normalize(int total, int last) {
    int size = 1 << log;
    int sum = 0;
    int largest = 0;
    for (int s = 0; s <= last; s++) {
      int scaled = (int) (((long) counts[s] * size + total / 2) / total);
      normalized[s] = counts[s] == 0 ? 0 : Math.max(1, scaled);
      sum += normalized[s];
      largest = normalized[s] > normalized[largest] ? s : largest;
    }
    while (sum > size && normalized[largest] <= sum - size) { // many rare symbols
      normalized[largest]--;
      sum--;
      for (int s = 0; s <= last; s++) {
        largest = normalized[s] > normalized[largest] ? s : largest;
      }
    }
    normalized[largest] += size - sum;
  }

  /** Writes the distribution (section 4.1.1). */
  private void describe(int last, BitOutput bits) {
    int remaining = (1 << log) + 1;
    int threshold = 1 << log;
    int width = log + 1;
    boolean afterZero = false;
    bits.add(log - MIN_LOG, 4);
    for (int s = 0; s <= last && remaining > 1; s++) {
      if (afterZero) {
        int zeros = 0;
        while (normalized[s] == 0) {
          s++;
          zeros++;
        }
        for (; zeros >= 3; zeros -= 3) {
          bits.add(3, 2);
          bits.flush();
        }
        bits.add(zeros, 2);
      }
      int value = normalized[s] + 1;
      int small = 2 * threshold - 1 - remaining;
      remaining -= normalized[s];
      if (value >= threshold) {
        value += small;
      }
      bits.add(value, value < small ? width - 1 : width);
      bits.flush();
      afterZero = normalized[s] == 0;
      for (; remaining < threshold; threshold >>= 1) {
        width--;
      }
    }
    bits.finish();
  }

  private void spread(int last) {
    int size = 1 << log;
    int step = (size >> 1) + (size >> 3) + 3;
    int at = 0;
    for (int s = 0; s <= last; s++) {
      for (int i = 0; i < normalized[s]; i++) {
        spread[at] = (byte) s;
        at = at + step & size - 1;
      }
    }
    int total = 0;
    for (int s = 0; s <= last; s++) {
      int n = normalized[s];
      if (n == 0) {
        continue;
      }
      int most = n == 1 ? log : log - 31 + Integer.numberOfLeadingZeros(n - 1);
      deltaBits[s] = (most << 16) - (n << most);
      deltaState[s] = total; // the next state of the symbol
      total += n;
    }
    for (int i = 0; i < size; i++) {
      states[deltaState[spread[i]]++] = (short) (size + i);
    }
    for (int s = 0; s <= last; s++) {
      deltaState[s] -= 2 * normalized[s]; // relative to the symbol's first state
    }
  }

  /** Starts with the last symbol. */
  void start(int symbol) {
    int out = deltaBits[symbol] + (1 << 15) >> 16;
    int value = (out << 16) - deltaBits[symbol];
    state = states[(value >> out) + deltaState[symbol]];
  }

  /** Encodes the symbol before the one encoded last. */
  void encode(int symbol, BitOutput bits) {
    int from = state;
    int out = from + deltaBits[symbol] >> 16;
    if (out > 0) {
      bits.add(from & (1 << out) - 1, out);
    }
    state = states[(from >> out) + deltaState[symbol]];
  }

  /** Writes the state from which decoding starts. */
  void finish(BitOutput bits) {
    bits.add(state & (1 << log) - 1, log);
  }
}
