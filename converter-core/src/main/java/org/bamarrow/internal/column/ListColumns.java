package org.bamarrow.internal.column;

import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;

/** The columns that are optionally lists: QUAL as numbers, CIGAR as operations. */
final class ListColumns {
  private ListColumns() {}

  /** A list column with 32-bit offsets in elements; subclasses append the elements. */
  abstract static class ListColumn extends ColumnDecoder {
    private final Validity validity = new Validity();
    private final Scratch offsets = new Scratch();

    ListColumn(Field field) {
      super(field);
    }

    @Override
    void begin(int rows) throws IOException {
      validity.allValid(rows);
      offsets.clear();
      offsets.ensure(4L * rows + 4);
      offsets.size = 4 * rows + 4;
      LittleEndian.int32(offsets.bytes, 0, 0);
      clear();
    }

    @Override
    void append(RecordSlice slice, int first, int from, int to) throws IOException {
      for (int row = from; row < to; row++) {
        if (!append(slice, first + row)) {
          validity.setNull(row);
        }
        LittleEndian.int32(offsets.bytes, 4 * row + 4, elements());
      }
    }

    abstract void clear();

    /** Appends the elements of a record; false if the value is null. */
    abstract boolean append(RecordSlice slice, int row) throws IOException;

    abstract int elements();

    abstract void emitElements(BatchBuilder out);

    @Override
    void emit(BatchBuilder out) {
      validity.emit(out);
      out.buffer(offsets);
      emitElements(out);
    }
  }

  /** QUAL as a list of int8. */
  static final class QualityNumbers extends ListColumn {
    private final Scratch values = new Scratch();
    private final Qualities qualities = Qualities.numbers();

    QualityNumbers(Field field) {
      super(field);
    }

    @Override
    void clear() {
      values.clear();
    }

    @Override
    boolean append(RecordSlice slice, int row) throws IOException {
      return qualities.append(slice, row, values);
    }

    @Override
    long qualitiesTakenAsMissing() {
      return qualities.takenAsMissing();
    }

    @Override
    int elements() {
      return values.size;
    }

    @Override
    void emitElements(BatchBuilder out) {
      out.node(values.size, 0);
      out.buffer(values.bytes, 0);
      out.buffer(values);
    }
  }

  /** CIGAR as a list of (op: one letter, length: int32). */
  static final class CigarOps extends ListColumn {
    private final CigarView cigar = new CigarView();
    private final Scratch letters = new Scratch();
    private final Scratch letterOffsets = new Scratch();
    private final Scratch lengths = new Scratch();

    CigarOps(Field field) {
      super(field);
    }

    @Override
    void clear() {
      letters.clear();
      lengths.clear();
      letterOffsets.clear();
    }

    @Override
    boolean append(RecordSlice slice, int row) throws IOException {
      cigar.reset(slice, row);
      letters.ensure(cigar.count());
      lengths.ensure(4L * cigar.count());
      byte[] data = slice.data();
      for (int at = cigar.offset(), end = at + 4 * cigar.count(); at < end; at += 4) {
        int op = LittleEndian.int32(data, at);
        int code = op & 0xf;
        if (code >= CigarView.OPS.length()) {
          throw CigarView.badOp(slice, row, code);
        }
        letters.put(CigarView.OPS.charAt(code));
        LittleEndian.int32(lengths.bytes, lengths.size, op >>> 4);
        lengths.size += 4;
      }
      return cigar.count() > 0;
    }

    @Override
    int elements() {
      return letters.size;
    }

    @Override
    void finish(RecordSlice slice, int first) throws IOException {
      letterOffsets.ensure(4L * elements() + 4);
      for (int i = 0; i <= elements(); i++) {
        LittleEndian.int32(letterOffsets.bytes, 4 * i, i);
      }
      letterOffsets.size = 4 * elements() + 4;
    }

    @Override
    void emitElements(BatchBuilder out) {
      out.node(elements(), 0); // the struct
      out.buffer(letters.bytes, 0);
      out.node(elements(), 0); // op
      out.buffer(letters.bytes, 0);
      out.buffer(letterOffsets);
      out.buffer(letters);
      out.node(elements(), 0); // length
      out.buffer(letters.bytes, 0);
      out.buffer(lengths);
    }
  }
}
