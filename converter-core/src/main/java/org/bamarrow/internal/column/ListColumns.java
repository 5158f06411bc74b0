package org.bamarrow.internal.column;

import java.io.IOException;
import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;

/** The columns that are optionally lists: QUAL as numbers, CIGAR as operations. */
final class ListColumns {
  private ListColumns() {}

  /** A list column with 32-bit offsets in elements; subclasses append the elements. */
  abstract static class ListColumn extends ColumnDecoder {
    private final Validity validity;
    private final GrowableBuffer offsets;

    ListColumn(BatchMemory memory) {
      validity = new Validity(memory);
      offsets = memory.newBuffer();
    }

    @Override
    void begin(int rows) throws IOException {
      validity.allValid(rows);
      offsets.clear();
      offsets.reserve(4L * rows + 4);
      offsets.int32(0, 0);
      clear();
    }

    @Override
    void append(RecordGroup records) throws IOException {
      for (int i = 0; i < records.count; i++) {
        if (!append(records, i)) {
          validity.setNull(records.row + i);
        }
        offsets.int32(records.row + i + 1, elements());
      }
    }

    abstract void clear();

    /** Appends the elements of record {@code i} of the group; false if the value is null. */
    abstract boolean append(RecordGroup records, int i) throws IOException;

    abstract int elements();

    abstract void emitElements(BatchBuilder out);

    @Override
    void emit(BatchBuilder out) throws IOException {
      validity.emit(out);
      out.buffer(offsets);
      emitElements(out);
    }
  }

  /** QUAL as a list of int8. */
  static final class QualityNumbers extends ListColumn {
    private final GrowableBuffer numbers;
    private final Qualities qualities = Qualities.numbers();

    QualityNumbers(BatchMemory memory) {
      super(memory);
      numbers = memory.newBuffer();
    }

    @Override
    void clear() {
      numbers.clear();
    }

    @Override
    boolean append(RecordGroup records, int i) throws IOException {
      return qualities.append(records, i, numbers);
    }

    @Override
    long qualitiesTakenAsMissing() {
      return qualities.takenAsMissing();
    }

    @Override
    int elements() {
      return numbers.size;
    }

    @Override
    void emitElements(BatchBuilder out) {
      out.node(numbers.size, 0);
      out.empty();
      out.buffer(numbers);
    }
  }

  /** CIGAR as a list of (op: one letter, length: int32). */
  static final class CigarOps extends ListColumn {
    private final CigarView cigar = new CigarView();
    private final GrowableBuffer letters;
    private final GrowableBuffer letterOffsets;
    private final GrowableBuffer lengths;

    CigarOps(BatchMemory memory) {
      super(memory);
      letters = memory.newBuffer();
      letterOffsets = memory.newBuffer();
      lengths = memory.newBuffer();
    }

    @Override
    void clear() {
      letters.clear();
      lengths.clear();
      letterOffsets.clear();
    }

    @Override
    boolean append(RecordGroup records, int i) throws IOException {
      records.resetCigar(cigar, i);
      letters.ensure(cigar.count());
      lengths.ensure(4L * cigar.count());
      for (int at = cigar.offset(), end = at + 4 * cigar.count(); at < end; at += 4) {
        int op = LittleEndian.int32(records.data, at);
        int code = op & 0xf;
        if (code >= CigarView.OPS.length()) {
          throw CigarView.badOp(records.slice, records.record + i, code);
        }
        letters.put(CigarView.OPS.charAt(code));
        lengths.append32(op >>> 4);
      }
      return cigar.count() > 0;
    }

    @Override
    int elements() {
      return letters.size;
    }

    @Override
    void finish(RecordSlice slice, int first) throws IOException {
      letterOffsets.reserve(4L * elements() + 4);
      for (int i = 0; i <= elements(); i++) {
        letterOffsets.int32(i, i);
      }
    }

    @Override
    void emitElements(BatchBuilder out) {
      out.node(elements(), 0); // the struct
      out.empty();
      out.node(elements(), 0); // op
      out.empty();
      out.buffer(letterOffsets);
      out.buffer(letters);
      out.node(elements(), 0); // length
      out.empty();
      out.buffer(lengths);
    }
  }
}
