package org.bamarrow.internal.aggregate;

import java.util.Arrays;

/**
 * Assigns 0-based numbers to the values of a grouping column: a hash table with open addressing,
 * without an object for a row. Not thread-safe.
 */
final class BatchGroups {
  private static final int NONE = -1;

  /** Group numbers plus 1, at the place of their hash or after it; 0: free. */
  private int[] table = new int[64];

  private long[] numbers = new long[16];

  /** The text of each group; null for numbers. */
  private byte[][] texts = new byte[16][];

  private int size;
  private int nullGroup = NONE;
  private int last; // the group of the row before, which is often the same

  int size() {
    return size;
  }

  int ofNull() {
    if (nullGroup == NONE) {
      nullGroup = added();
    }
    return nullGroup;
  }

  int of(long value) {
    if (last < size && isOf(last, value)) {
      return last;
    }
    int at = place(hash(value));
    while (table[at] != 0 && !isOf(table[at] - 1, value)) {
      at = at + 1 & table.length - 1;
    }
    return last = table[at] != 0 ? table[at] - 1 : add(at, value, null);
  }

  private boolean isOf(int group, long value) {
    return numbers[group] == value && texts[group] == null && group != nullGroup;
  }

  /** The group of the text in {@code data[from, to)}, which is copied. */
  int of(byte[] data, int from, int to) {
    if (last < size && isOf(last, data, from, to)) {
      return last;
    }
    long hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + data[i];
    }
    int at = place(hash(hash));
    while (table[at] != 0 && !isOf(table[at] - 1, data, from, to)) {
      at = at + 1 & table.length - 1;
    }
    return last =
        table[at] != 0 ? table[at] - 1 : add(at, hash, Arrays.copyOfRange(data, from, to));
  }

  private boolean isOf(int group, byte[] data, int from, int to) {
    byte[] text = texts[group];
    return text != null && Arrays.equals(text, 0, text.length, data, from, to);
  }

  private static int hash(long value) {
    long mixed = value * 0x9e3779b97f4a7c15L;
    return (int) (mixed >>> 32);
  }

  private int place(int hash) {
    return hash & table.length - 1;
  }

  private int add(int at, long number, byte[] text) {
    int group = added();
    numbers[group] = number;
    texts[group] = text;
    table[at] = group + 1;
    if (2 * size > table.length) {
      rehash();
    }
    return group;
  }

  private int added() {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
      texts = Arrays.copyOf(texts, 2 * size);
    }
    return size++;
  }

  private void rehash() {
    table = new int[2 * table.length];
    for (int group = 0; group < size; group++) {
      if (group != nullGroup) {
        int at = place(hash(numbers[group]));
        while (table[at] != 0) {
          at = at + 1 & table.length - 1;
        }
        table[at] = group + 1;
      }
    }
  }

  /** The value of a group: a Long, text as bytes, or null. */
  Object key(int group) {
    if (group == nullGroup || group >= size) {
      return null;
    }
    return texts[group] == null ? (Object) Long.valueOf(numbers[group]) : texts[group];
  }

  /** Forgets all groups. */
  void clear() {
    Arrays.fill(table, 0);
    Arrays.fill(texts, null);
    size = 0;
    nullGroup = NONE;
    last = 0;
  }
}
