package org.bamarrow.column;

import java.io.IOException;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.bam.RecordLayout;
import org.bamarrow.bam.RecordSlice;
import org.bamarrow.io.LittleEndian;

/** SEQ, all 16 letters (SAM specification 4.2.3), by a table of two bases; no bases is null. */
final class Sequence extends TextColumn {
  private static final String LETTERS = "=ACMGRSVTWYHKDBN";

  /** For a byte of two 4-bit codes, the two letters as a little-endian 16-bit number. */
  private static final char[] PAIRS = new char[256];

  static {
    for (int pair = 0; pair < 256; pair++) {
      PAIRS[pair] = (char) (LETTERS.charAt(pair >> 4) | LETTERS.charAt(pair & 15) << 8);
    }
  }

  Sequence(Field field) {
    super(field);
  }

  @Override
  void append(RecordSlice slice, int first, int from, int to) throws IOException {
    byte[] data = slice.data();
    for (int row = from; row < to; row++) {
      int start = slice.start(first + row);
      int bases = LittleEndian.int32(data, start + RecordLayout.L_SEQ);
      if (bases == 0) {
        endNull(row);
        continue;
      }
      text.ensure(bases);
      letters(data, RecordLayout.seq(data, start), bases, text.bytes, text.size);
      text.size += bases;
      end(row);
    }
  }

  /** Eight bases a step; may write up to 7 bytes past the last base, into the scratch's slack. */
  private static void letters(byte[] data, int from, int bases, byte[] target, int to) {
    int in = from;
    int out = to;
    int end = to + bases;
    for (; out + 8 <= end; out += 8, in += 4) {
      int codes = LittleEndian.int32(data, in);
      long letters =
          PAIRS[codes & 0xff]
              | (long) PAIRS[codes >>> 8 & 0xff] << 16
              | (long) PAIRS[codes >>> 16 & 0xff] << 32
              | (long) PAIRS[codes >>> 24] << 48;
      LittleEndian.int64(target, out, letters);
    }
    for (; out < end; out += 2, in++) {
      LittleEndian.int16(target, out, PAIRS[data[in] & 0xff]);
    }
  }
}
