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

  /** A condition on a float. */
  static final class Float extends Node {
    private final RecordTags tags;
    private final int slot;
    private final FloatTest test;

    Float(RawField field, RecordTags tags, FloatTest test) {
      this.tags = tags;
      slot = tags.slot(field.tag());
      this.test = test;
    }

    @Override
    int evaluate(RecordSlice slice, int row) throws BamFormatException {
      if (!tags.has(slice, row, slot)) {
        return test.onNull();
      }
      int bits = LittleEndian.int32(slice.data(), tags.offset(slot));
      return test.holds().test(java.lang.Float.intBitsToFloat(bits)) ? TRUE : test.onMiss();
    }

    @Override
    int cost() {
      return 4;
    }
  }
}
