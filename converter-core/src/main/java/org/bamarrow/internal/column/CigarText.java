package org.bamarrow.internal.column;

import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;

/** CIGAR as text; null if there are no operations. */
final class CigarText extends TextColumn {
  /** A length has 28 bits, that is at most 9 digits, and is followed by a letter. */
  private static final int MAX_OP_TEXT = 10;

  private final CigarView cigar = new CigarView();

  CigarText(Field field) {
    super(field);
  }

  @Override
  void append(RecordSlice slice, int first, int from, int to) throws IOException {
    byte[] data = slice.data();
    for (int row = from; row < to; row++) {
      cigar.reset(slice, first + row);
      if (cigar.count() == 0) {
        endNull(row);
        continue;
      }
      text.ensure((long) MAX_OP_TEXT * cigar.count());
      for (int at = cigar.offset(), end = at + 4 * cigar.count(); at < end; at += 4) {
        int op = LittleEndian.int32(data, at);
        int code = op & 0xf;
        if (code >= CigarView.OPS.length()) {
          throw CigarView.badOp(slice, first + row, code);
        }
        text.size = Decimal.write(op >>> 4, text.bytes, text.size);
        text.put(CigarView.OPS.charAt(code));
      }
      end(row);
    }
  }
}
