package org.bamarrow.internal.filter;

import java.util.BitSet;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.internal.base.ByteStringSet;

/**
 * A filter's list, and which of its entries were found. One for all threads that filter: each
 * writes {@code true} into the flag of an entry that it finds, whoever wrote it before, so no order
 * and no lock is needed (a {@code boolean[]}, since bits of one word would overwrite each other). A
 * flag is written once and then only read, so that it stays in every core's cache. Who counts them
 * has to have waited for those threads.
 */
final class FilterList {
  /** Longer lists tell other machines only whether something was found: 128 KiB of bits. */
  private static final int LONGEST_SENT = 1 << 20;

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

  /** For {@link #add} elsewhere: the entries found; of a long list one of them at most. */
  BitSet sent() {
    BitSet bits = bits();
    if (found.length > LONGEST_SENT && !bits.isEmpty()) {
      bits.clear(bits.nextSetBit(0) + 1, found.length);
    }
    return bits;
  }

  /** What another list of the same entries found. */
  void add(BitSet sent) {
    if (found.length > LONGEST_SENT) {
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
