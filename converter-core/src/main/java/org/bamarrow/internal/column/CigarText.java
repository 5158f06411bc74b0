package org.bamarrow.internal.column;

import java.io.IOException;
import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.base.LittleEndian;

/** CIGAR as text; null if there are no operations. */
final class CigarText extends TextColumn {
  /** A length has 28 bits, that is at most 9 digits, and is followed by a letter. */
  private static final int MAX_OP_TEXT = 10;

  private static final int TEXTS = 1 << 8;

  private final CigarView cigar = new CigarView();

  /** Operations (length << 4 | code) whose text is at the same index of {@link #texts}. */
  private final int[] known = new int[TEXTS];

  /** Texts of up to 8 bytes. */
  private final long[] texts = new long[TEXTS];

  /** Lengths of the texts; 0: none at this index. */
  private final byte[] lengths = new byte[TEXTS];

  CigarText(BatchMemory memory) {
    super(memory);
  }

  @Override
  void append(RecordGroup records) throws IOException {
    byte[] data = records.data;
    for (int i = 0; i < records.count; i++) {
      records.resetCigar(cigar, i);
      int count = cigar.count();
      if (count == 0) {
        values.endNull(records.row + i);
        continue;
      }
      text.ensure((long) MAX_OP_TEXT * count);
      for (int at = cigar.offset(), end = at + 4 * count; at < end; at += 4) {
        op(records, i, LittleEndian.int32(data, at));
      }
      values.end(records.row + i);
    }
  }

  private void op(RecordGroup records, int i, int op) throws IOException {
    int index = op * 0x9E3779B1 >>> 24; // the high bits of a product are well mixed
    if (known[index] == op && lengths[index] > 0) {
      OffHeap.int64(text.address + text.size, texts[index]);
      text.size += lengths[index];
    } else {
      format(records, i, op, index);
    }
  }

  private void format(RecordGroup records, int i, int op, int index) throws IOException {
    int code = op & 0xf;
    if (code >= CigarView.OPS.length()) {
      throw CigarView.badOp(records.slice, records.record + i, code);
    }
    long address = text.address + text.size;
    int length = Decimal.write(op >>> 4, address) + 1;
    OffHeap.int8(address + length - 1, CigarView.OPS.charAt(code));
    text.size += length;
    if (length <= 8) {
      known[index] = op;
      texts[index] = OffHeap.int64(address);
      lengths[index] = (byte) length;
    }
  }
}
