package org.bamarrow.internal.column;

import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.FieldErrors;
import org.bamarrow.io.BamFormatException;

/** The int32 columns of the record's fixed fields (SAM specification 4.2). */
final class FixedFields {
  private FixedFields() {}

  /** FLAG, all 16 bits. */
  static final class Flag extends IntColumn {
    Flag(BatchMemory memory) {
      super(memory);
    }

    @Override
    void fill(RecordGroup records, long target) {
      store(records.flag, records.count, target);
    }
  }

  /** TLEN; 0 (not available) is kept. */
  static final class Tlen extends IntColumn {
    Tlen(BatchMemory memory) {
      super(memory);
    }

    @Override
    void fill(RecordGroup records, long target) {
      store(records.tlen, records.count, target);
    }
  }

  private static void store(int[] values, int count, long target) {
    for (int i = 0; i < count; i++) {
      OffHeap.int32(target + 4L * i, values[i]);
    }
  }

  /** The reference ID, 0-based in the dictionary of the file; -1 (unplaced) becomes null. */
  static final class ReferenceId extends IntColumn {
    ReferenceId(BatchMemory memory) {
      super(memory);
    }

    @Override
    void fill(RecordGroup records, long target) {
      int[] values = records.refId;
      for (int i = 0; i < records.count; i++) {
        int value = values[i];
        if (value < 0) {
          validity.setNull(records.row + i);
          value = 0;
        }
        OffHeap.int32(target + 4L * i, value);
      }
    }
  }

  /** MAPQ; 255 (not available) becomes null. */
  static final class Mapq extends IntColumn {
    Mapq(BatchMemory memory) {
      super(memory);
    }

    @Override
    void fill(RecordGroup records, long target) {
      int[] values = records.mapq;
      for (int i = 0; i < records.count; i++) {
        int value = values[i];
        if (value == 255) {
          validity.setNull(records.row + i);
          value = 0;
        }
        OffHeap.int32(target + 4L * i, value);
      }
    }
  }

  /** POS or PNEXT; -1 (not available) becomes null, other negative values are kept. */
  static final class Position extends IntColumn {
    private final boolean next;
    private final int base;

    /**
     * @param next whether it is PNEXT
     * @param base 0 or 1, the coordinate of a reference's first base
     */
    Position(BatchMemory memory, boolean next, int base) {
      super(memory);
      this.next = next;
      this.base = base;
    }

    @Override
    void fill(RecordGroup records, long target) throws BamFormatException {
      int[] values = next ? records.nextPos : records.pos;
      int plus = base;
      for (int i = 0; i < records.count; i++) {
        int value = values[i];
        if (value == -1) {
          validity.setNull(records.row + i);
          value = 0;
        } else if (value == Integer.MAX_VALUE && plus == 1) {
          throw FieldErrors.position(records.slice, records.record + i);
        } else {
          value += plus;
        }
        OffHeap.int32(target + 4L * i, value);
      }
    }
  }

  /** The last reference base of the alignment, see {@link CigarView#end}; null if POS is null. */
  static final class End extends IntColumn {
    private final CigarView cigar = new CigarView();

    End(BatchMemory memory) {
      super(memory);
    }

    @Override
    void fill(RecordGroup records, long target) throws BamFormatException {
      for (int i = 0; i < records.count; i++) {
        int value = 0;
        if (records.pos[i] == -1) {
          validity.setNull(records.row + i);
        } else {
          value = end(records, i);
        }
        OffHeap.int32(target + 4L * i, value);
      }
    }

    private int end(RecordGroup records, int i) throws BamFormatException {
      if ((records.flag[i] & CigarView.UNMAPPED) == 0) {
        records.resetCigar(cigar, i);
      } else {
        cigar.resetUnmapped();
      }
      int record = records.record + i;
      long end = cigar.end(records.slice, record, records.data, records.pos[i], records.bases[i]);
      if (end > Integer.MAX_VALUE) {
        throw FieldErrors.end(records.slice, record, end);
      }
      return (int) end;
    }
  }
}
