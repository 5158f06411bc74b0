package org.bamarrow.internal.filter;

import java.util.BitSet;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.internal.base.ByteStringSet;

/**
 * A filter's list, and which of its entries were found. Shared by all filtering threads without
 * locks: a thread sets the flag of an entry that it finds (a {@code boolean[]}, since bits of one
 * word would overwrite each other), and only if it is not set, so that the flags stay in every
 * core's cache. Count the flags only after waiting for the threads.
 */
final class FilterList {
  /** For longer lists (128 KiB of bits) other processes report only whether an entry was found. */
  private static final int MAX_SENT = 1 << 20;

  private final ByteStringSet entries;
  private final boolean[] found;
  private boolean uncounted;

  FilterList(ByteStringSet entries) {
    this.entries = entries;
    this.found = new boolean[entries.size()];
  }

  boolean contains(byte[] data, int from, int to) {
    int entry = entries.indexOf(data, from, to);
    if (entry >= 0) {
      mark(entry);
    }
    return entry >= 0;
  }

  void mark(int entry) {
    if (!found[entry]) {
      found[entry] = true;
    }
  }

  ListMatch match() {
    return new ListMatch(found.length, uncounted ? -1 : bits().cardinality());
  }

  /**
   * The entries found, for {@link #add} in another process; for a long list at most one of them.
   */
  BitSet sent() {
    BitSet bits = bits();
    if (found.length > MAX_SENT && !bits.isEmpty()) {
      bits.clear(bits.nextSetBit(0) + 1, found.length);
    }
    return bits;
  }

  /** Adds the entries found by another instance with the same entries. */
  void add(BitSet sent) {
    if (found.length > MAX_SENT) {
      uncounted |= !sent.isEmpty();
    } else {
      sent.stream().forEach(this::mark);
    }
  }

  private BitSet bits() {
    BitSet bits = new BitSet();
    for (int i = 0; i < found.length; i++) {
      if (found[i]) {
        bits.set(i);
      }
    }
    return bits;
  }
}
