package org.bamarrow.internal.filter;

import org.bamarrow.internal.filter.IntegerNode.IntegerTest;

/** A condition on the values of a column, by the tests that raw records are tested with. */
abstract class VectorLeaf extends VectorNode {
  private final VectorColumn column;
  private final boolean onHit;
  private final boolean onMiss;
  private final boolean onNull;

  /**
   * @param onNull outcome for null
   * @param onMiss outcome if the test does not hold
   * @param wanted the outcome of the rows to keep
   */
  private VectorLeaf(VectorColumn column, int onNull, int onMiss, int wanted) {
    this.column = column;
    this.onHit = wanted == Node.TRUE;
    this.onMiss = wanted == onMiss;
    this.onNull = wanted == onNull;
  }

  @Override
  final void retain(RowSelection rows) {
    for (int i = 0; i < rows.words(); i++) {
      long asked = rows.word(i);
      if (asked != 0) {
        long valid = column.valid(i);
        rows.word(i, (onNull ? asked & ~valid : 0) | kept(i, asked & valid));
      }
    }
  }

  private long kept(int word, long asked) {
    if (asked == 0 || onHit == onMiss) {
      return onHit ? asked : 0;
    }
    long hits = hits(word, asked);
    return onHit ? hits : asked & ~hits;
  }

  /** Of {@code asked}, rows of a word (not empty) that are not null, those for which it holds. */
  private long hits(int word, long asked) {
    long hits = 0;
    column.start(64 * word + 63 - Long.numberOfLeadingZeros(asked));
    for (long rest = asked; rest != 0; rest &= rest - 1) {
      boolean holds = holds(64 * word + Long.numberOfTrailingZeros(rest));
      hits |= holds ? Long.lowestOneBit(rest) : 0;
    }
    return hits;
  }

  /** Whether the test holds for a row that is not null. */
  abstract boolean holds(int row);

  static final class Integers extends VectorLeaf {
    private final VectorNumbers.Integers column;
    private final IntegerTest test;

    Integers(VectorNumbers.Integers column, IntegerTest test, int wanted) {
      super(column, test.onNull(), test.onMiss(), wanted);
      this.column = column;
      this.test = test;
    }

    @Override
    boolean holds(int row) {
      return test.holds().test(column.get(row) & test.mask());
    }

    @Override
    int cost() {
      return 1;
    }
  }

  static final class Floats extends VectorLeaf {
    private final VectorNumbers.Floats column;
    private final FloatTest test;

    Floats(VectorNumbers.Floats column, FloatTest test, int wanted) {
      super(column, test.onNull(), test.onMiss(), wanted);
      this.column = column;
      this.test = test;
    }

    @Override
    boolean holds(int row) {
      return test.holds().test(column.get(row));
    }

    @Override
    int cost() {
      return 1;
    }
  }

  static final class Text extends VectorLeaf {
    private final VectorText column;
    private final TextTest.Bytes test;

    Text(VectorText column, TextTest test, int wanted) {
      super(column, test.onNull(), test.onMiss(), wanted);
      this.column = column;
      this.test = test.holds();
    }

    @Override
    boolean holds(int row) {
      column.at(row);
      return test.test(column.data, column.from, column.to);
    }

    @Override
    int cost() {
      return 2;
    }
  }
}
