package org.bamarrow.internal.filter;

import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.FieldErrors;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.io.BamFormatException;

/** Reads an integer field of records. For one thread. */
abstract class IntegerValue {
  /** The result of {@link #of} for null; no field has this value. */
  static final long NULL = Long.MIN_VALUE;

  /**
   * @param field of kind {@code INTEGER}
   * @param tags tags of the current record
   */
  static IntegerValue of(RawField field, RecordTags tags) {
    field.require(RawField.Kind.INTEGER);
    return switch (field.column()) {
      case TAG -> new Tag(field, tags);
      case END -> new End();
      case NAMED -> throw new IllegalArgumentException("records have no column " + field);
      default -> new FixedField(field);
    };
  }

  /**
   * The field's value, or {@link #NULL}.
   *
   * @throws BamFormatException if the column cannot be decoded for this record
   */
  abstract long of(RecordSlice slice, int row) throws BamFormatException;

  /** As {@link Node#cost}. */
  abstract int cost();

  /** A fixed field; FLAG and MAPQ are unsigned, the others are 32-bit integers. */
  private static final class FixedField extends IntegerValue {
    private final RawField.Column column;
    private final int base;

    FixedField(RawField field) {
      column = field.column();
      base = field.zeroBased() ? 0 : 1;
    }

    @Override
    long of(RecordSlice slice, int row) throws BamFormatException {
      byte[] data = slice.data();
      int start = slice.start(row);
      return switch (column) {
        case FLAG -> LittleEndian.uint16(data, start + RecordLayout.FLAG);
        case MAPQ -> {
          int mapq = LittleEndian.uint8(data, start + RecordLayout.MAPQ);
          yield mapq == 255 ? NULL : mapq;
        }
        case RID -> {
          int id = LittleEndian.int32(data, start + RecordLayout.REF_ID);
          yield id < 0 ? NULL : id;
        }
        case TLEN -> LittleEndian.int32(data, start + RecordLayout.TLEN);
        case POS -> position(slice, row, start + RecordLayout.POS);
        case PNEXT -> position(slice, row, start + RecordLayout.NEXT_POS);
        default -> throw new IllegalStateException(column + " is not a fixed field");
      };
    }

    private long position(RecordSlice slice, int row, int at) throws BamFormatException {
      int stored = LittleEndian.int32(slice.data(), at);
      if (stored == Integer.MAX_VALUE && base == 1) {
        throw FieldErrors.position(slice, row);
      }
      return stored == -1 ? NULL : (long) stored + base;
    }

    @Override
    int cost() {
      return 1;
    }
  }

  /** The last base covered; null if POS is. */
  private static final class End extends IntegerValue {
    private final CigarView cigar = new CigarView();

    @Override
    long of(RecordSlice slice, int row) throws BamFormatException {
      int position = LittleEndian.int32(slice.data(), slice.start(row) + RecordLayout.POS);
      if (position == -1) {
        return NULL;
      }
      long end = cigar.end(slice, row);
      if (end > Integer.MAX_VALUE) {
        throw FieldErrors.end(slice, row, end);
      }
      return end;
    }

    @Override
    int cost() {
      return 3;
    }
  }

  private static final class Tag extends IntegerValue {
    private final RecordTags tags;
    private final int slot;

    Tag(RawField field, RecordTags tags) {
      this.tags = tags;
      slot = tags.slot(field.tag());
    }

    @Override
    long of(RecordSlice slice, int row) throws BamFormatException {
      return tags.has(slice, row, slot) ? tags.integer(slot) : NULL;
    }

    @Override
    int cost() {
      return 4;
    }
  }
}
