package org.bamarrow.filter;

import java.util.function.LongPredicate;
import org.bamarrow.BamFormatException;
import org.bamarrow.bam.CigarView;
import org.bamarrow.bam.RecordLayout;
import org.bamarrow.bam.RecordSlice;
import org.bamarrow.io.LittleEndian;

/** A condition on an integer field; subclasses read the field. */
abstract class IntegerNode extends Node {
  /** What {@link #value} gives for null; no field has such a value. */
  static final long NULL = Long.MIN_VALUE;

  private final IntegerTest test;

  IntegerNode(IntegerTest test) {
    this.test = test;
  }

  abstract long value(RecordSlice slice, int row) throws BamFormatException;

  @Override
  final int evaluate(RecordSlice slice, int row) throws BamFormatException {
    long value = value(slice, row);
    if (value == NULL) {
      return test.onNull();
    }
    return test.holds().test(value & test.mask()) ? TRUE : test.onMiss();
  }

  /**
   * What a condition says of a value.
   *
   * @param holds asked for {@code value & mask}
   * @param onNull outcome for null
   * @param onMiss outcome where {@code holds} says no
   */
  record IntegerTest(long mask, LongPredicate holds, int onNull, int onMiss) {}

  /** A field of the fixed part; FLAG and MAPQ unsigned, the others of 32 bits. */
  static final class FixedField extends IntegerNode {
    private final RawField.Column column;
    private final int base;

    FixedField(RawField field, IntegerTest test) {
      super(test);
      column = field.column();
      base = field.zeroBased() ? 0 : 1;
    }

    @Override
    long value(RecordSlice slice, int row) {
      byte[] data = slice.data();
      int start = slice.start(row);
      return switch (column) {
        case FLAG -> LittleEndian.uint16(data, start + RecordLayout.FLAG);
        case MAPQ -> {
          int mapq = LittleEndian.uint8(data, start + RecordLayout.MAPQ);
          yield mapq == 255 ? NULL : mapq;
        }
        case TLEN -> LittleEndian.int32(data, start + RecordLayout.TLEN);
        case POS -> position(LittleEndian.int32(data, start + RecordLayout.POS));
        case PNEXT -> position(LittleEndian.int32(data, start + RecordLayout.NEXT_POS));
        default -> throw new IllegalStateException(column + " is no field of the fixed part");
      };
    }

    private long position(int stored) {
      return stored == -1 ? NULL : (long) stored + base;
    }

    @Override
    int cost() {
      return 1;
    }
  }

  /** The last base covered; null where POS is. */
  static final class End extends IntegerNode {
    private final CigarView cigar = new CigarView();

    End(IntegerTest test) {
      super(test);
    }

    @Override
    long value(RecordSlice slice, int row) throws BamFormatException {
      int position = LittleEndian.int32(slice.data(), slice.start(row) + RecordLayout.POS);
      return position == -1 ? NULL : cigar.end(slice, row);
    }

    @Override
    int cost() {
      return 3;
    }
  }

  static final class Tag extends IntegerNode {
    private final RecordTags tags;
    private final int place;

    Tag(RawField field, RecordTags tags, IntegerTest test) {
      super(test);
      this.tags = tags;
      place = tags.place(field.tag().tag());
    }

    @Override
    long value(RecordSlice slice, int row) throws BamFormatException {
      return tags.has(slice, row, place, 'i') ? tags.integer(place) : NULL;
    }

    @Override
    int cost() {
      return 4;
    }
  }
}
