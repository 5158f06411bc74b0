package org.bamarrow.internal.filter;

import java.util.function.LongPredicate;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.io.BamFormatException;

/** A condition on an integer field. */
final class IntegerNode extends Node {
  private final IntegerValue field;
  private final IntegerTest test;

  IntegerNode(IntegerValue field, IntegerTest test) {
    this.field = field;
    this.test = test;
  }

  @Override
  int evaluate(RecordSlice slice, int row) throws BamFormatException {
    long value = field.of(slice, row);
    if (value == IntegerValue.NULL) {
      return test.onNull();
    }
    return test.holds().test(value & test.mask()) ? TRUE : test.onMiss();
  }

  @Override
  int cost() {
    return field.cost();
  }

  /**
   * The test of a condition on an integer.
   *
   * @param holds applied to {@code value & mask}
   * @param onNull outcome for null
   * @param onMiss outcome if {@code holds} is false
   */
  record IntegerTest(long mask, LongPredicate holds, int onNull, int onMiss) {}
}
