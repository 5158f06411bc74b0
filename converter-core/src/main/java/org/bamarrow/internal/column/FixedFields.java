package org.bamarrow.internal.column;

import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.FieldErrors;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.io.BamFormatException;

/** The int32 columns of the record's fixed fields (SAM specification 4.2). */
final class FixedFields {
  private FixedFields() {}

  /** FLAG, all 16 bits. */
  static final class Flag extends IntColumn {
    Flag(Field field) {
      super(field);
    }

    @Override
    void fill(RecordSlice slice, int first, int from, int to, byte[] target) {
      byte[] data = slice.data();
      for (int row = from; row < to; row++) {
        int start = slice.start(first + row);
        store(target, row, LittleEndian.uint16(data, start + RecordLayout.FLAG));
      }
    }
  }

  /** MAPQ; 255 (not available) becomes null. */
  static final class Mapq extends IntColumn {
    Mapq(Field field) {
      super(field);
    }

    @Override
    void fill(RecordSlice slice, int first, int from, int to, byte[] target) {
      byte[] data = slice.data();
      for (int row = from; row < to; row++) {
        int value = data[slice.start(first + row) + RecordLayout.MAPQ] & 0xff;
        if (value == 255) {
          validity.setNull(row);
          value = 0;
        }
        store(target, row, value);
      }
    }
  }

  /** TLEN; 0 (not available) is kept. */
  static final class Tlen extends IntColumn {
    Tlen(Field field) {
      super(field);
    }

    @Override
    void fill(RecordSlice slice, int first, int from, int to, byte[] target) {
      byte[] data = slice.data();
      for (int row = from; row < to; row++) {
        int start = slice.start(first + row);
        store(target, row, LittleEndian.int32(data, start + RecordLayout.TLEN));
      }
    }
  }

  /** POS or PNEXT; -1 (not available) becomes null, other negative values are kept. */
  static final class Position extends IntColumn {
    private final int offset;
    private final int base;

    /**
     * @param offset of the field in the record
     * @param base 0 or 1, the coordinate of a reference's first base
     */
    Position(Field field, int offset, int base) {
      super(field);
      this.offset = offset;
      this.base = base;
    }

    @Override
    void fill(RecordSlice slice, int first, int from, int to, byte[] target)
        throws BamFormatException {
      byte[] data = slice.data();
      for (int row = from; row < to; row++) {
        int value = LittleEndian.int32(data, slice.start(first + row) + offset);
        if (value == -1) {
          validity.setNull(row);
          value = 0;
        } else if (value == Integer.MAX_VALUE && base == 1) {
          throw FieldErrors.position(slice, first + row);
        } else {
          value += base;
        }
        store(target, row, value);
      }
    }
  }

  /** The last reference base of the alignment, see {@link CigarView#end}; null if POS is null. */
  static final class End extends IntColumn {
    private final CigarView cigar = new CigarView();

    End(Field field) {
      super(field);
    }

    @Override
    void fill(RecordSlice slice, int first, int from, int to, byte[] target)
        throws BamFormatException {
      byte[] data = slice.data();
      for (int row = from; row < to; row++) {
        int start = slice.start(first + row);
        int position = LittleEndian.int32(data, start + RecordLayout.POS);
        if (position == -1) {
          validity.setNull(row);
          store(target, row, 0);
          continue;
        }
        long end = cigar.end(slice, first + row);
        if (end > Integer.MAX_VALUE) {
          throw FieldErrors.end(slice, first + row, end);
        }
        store(target, row, (int) end);
      }
    }
  }
}
