package org.bamarrow.filter;

import org.bamarrow.BamFormatException;
import org.bamarrow.bam.CigarView;
import org.bamarrow.bam.RecordLayout;
import org.bamarrow.bam.RecordSlice;
import org.bamarrow.io.LittleEndian;

/** Reads an integer field of records. For one thread. */
abstract class IntegerValue {
  /** What {@link #of} gives for null; no field has such a value. */
  static final long NULL = Long.MIN_VALUE;

  /**
   * @param field of kind {@code INTEGER}
   * @param tags told of every record before it is asked
   */
  static IntegerValue of(RawField field, RecordTags tags) {
    field.require(RawField.Kind.INTEGER);
    return switch (field.column()) {
      case TAG -> new Tag(field, tags);
      case END -> new End();
      default -> new FixedField(field);
    };
  }

  abstract long of(RecordSlice slice, int row) throws BamFormatException;

  /** As {@link Node#cost}. */
  abstract int cost();

  /** A field of the fixed part; FLAG and MAPQ unsigned, the others of 32 bits. */
  private static final class FixedField extends IntegerValue {
    private final RawField.Column column;
    private final int base;

    FixedField(RawField field) {
      column = field.column();
      base = field.zeroBased() ? 0 : 1;
    }

    @Override
    long of(RecordSlice slice, int row) {
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
  private static final class End extends IntegerValue {
    private final CigarView cigar = new CigarView();

    @Override
    long of(RecordSlice slice, int row) throws BamFormatException {
      int position = LittleEndian.int32(slice.data(), slice.start(row) + RecordLayout.POS);
      return position == -1 ? NULL : cigar.end(slice, row);
    }

    @Override
    int cost() {
      return 3;
    }
  }

  private static final class Tag extends IntegerValue {
    private final RecordTags tags;
    private final int place;

    Tag(RawField field, RecordTags tags) {
      this.tags = tags;
      place = tags.place(field.tag().tag());
    }

    @Override
    long of(RecordSlice slice, int row) throws BamFormatException {
      return tags.has(slice, row, place, 'i') ? tags.integer(place) : NULL;
    }

    @Override
    int cost() {
      return 4;
    }
  }
}
