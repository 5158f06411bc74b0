package org.bamarrow.internal.filter;

import java.util.Arrays;

/**
 * A set of rows of a record batch: a bitmap, whose memory is reused for the next batch. For one
 * thread.
 */
public final class RowSelection {
  private long[] words = new long[0];
  private int used; // words; bits past the last row are 0

  /** Makes it the set of all rows of a batch. */
  void setAll(int rows) {
    resize((rows + 63) / 64);
    Arrays.fill(words, 0, used, -1);
    if ((rows & 63) != 0) {
      words[used - 1] = (1L << rows) - 1; // shifts by the lower 6 bits
    }
  }

  /** Makes it equal to another set. */
  void set(RowSelection other) {
    resize(other.used);
    System.arraycopy(other.words, 0, words, 0, used);
  }

  /** Removes all rows. */
  void clear() {
    Arrays.fill(words, 0, used, 0);
  }

  private void resize(int count) {
    if (words.length < count) {
      words = new long[count];
    }
    used = count;
  }

  /** Removes the rows of another set of the same batch. */
  void removeAll(RowSelection other) {
    for (int i = 0; i < used; i++) {
      words[i] &= ~other.words[i];
    }
  }

  /** Number of words of 64 rows. */
  int words() {
    return used;
  }

  /** Rows {@code 64 * i} to {@code 64 * i + 63} of the batch, the first in the lowest bit. */
  long word(int i) {
    return words[i];
  }

  /** Replaces 64 rows. */
  void word(int i, long rows) {
    words[i] = rows;
  }

  /** Whether it has no row. */
  public boolean isEmpty() {
    return next(0) < 0;
  }

  /** Number of rows. */
  public int size() {
    int size = 0;
    for (int i = 0; i < used; i++) {
      size += Long.bitCount(words[i]);
    }
    return size;
  }

  /** The first row (0-based) of the set that is not before {@code row}; -1: none. */
  public int next(int row) {
    for (int i = row >> 6; i < used; i++) {
      long rest = i == row >> 6 ? words[i] & -1L << row : words[i];
      if (rest != 0) {
        return 64 * i + Long.numberOfTrailingZeros(rest);
      }
    }
    return -1;
  }

  /**
   * The first row after {@code row}, which is of the set, that is not.
   *
   * @param rows number of rows of the batch
   */
  public int end(int row, int rows) {
    for (int i = row >> 6; i < used; i++) {
      long gaps = i == row >> 6 ? ~words[i] & -1L << row : ~words[i];
      if (gaps != 0) {
        return Math.min(rows, 64 * i + Long.numberOfTrailingZeros(gaps));
      }
    }
    return rows;
  }
}
