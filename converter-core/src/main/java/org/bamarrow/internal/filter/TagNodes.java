package org.bamarrow.internal.filter;

import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.io.BamFormatException;

/** Conditions on tags that are neither integers nor text. */
final class TagNodes {
  private TagNodes() {}

  /** Whether a tag's typed field is null, of any type. */
  static final class IsNull extends Node {
    private final RecordTags tags;
    private final int slot;

    IsNull(RawField field, RecordTags tags) {
      this.tags = tags;
      slot = tags.slot(field.tag());
    }

    @Override
    int evaluate(RecordSlice slice, int row) throws BamFormatException {
      return of(!tags.has(slice, row, slot));
    }

    @Override
    int cost() {
      return 4;
    }
  }

  /** A comparison of a float: NaN equals NaN and is the largest value, -0.0 equals 0.0. */
  static final class Float extends Node {
    private final RecordTags tags;
    private final int slot;
    private final Operator operator;
    private final double value;

    Float(RawField field, RecordTags tags, Operator operator, double value) {
      this.tags = tags;
      slot = tags.slot(field.tag());
      this.operator = operator;
      this.value = value;
    }

    @Override
    int evaluate(RecordSlice slice, int row) throws BamFormatException {
      if (!tags.has(slice, row, slot)) {
        return operator == Operator.NULL_SAFE_EQUAL ? FALSE : UNKNOWN;
      }
      int bits = LittleEndian.int32(slice.data(), tags.offset(slot));
      double stored = java.lang.Float.intBitsToFloat(bits);
      return of(operator.holds(stored == value ? 0 : Double.compare(stored, value)));
    }

    @Override
    int cost() {
      return 4;
    }
  }
}
