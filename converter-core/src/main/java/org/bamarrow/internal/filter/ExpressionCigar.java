package org.bamarrow.internal.filter;

import java.util.Arrays;
import org.bamarrow.internal.bam.CigarView;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.LittleEndian;
import org.bamarrow.io.BamFormatException;

/** The variables of a filter expression that come from the CIGAR. For one thread. */
final class ExpressionCigar {
  private static final int SOFT_CLIP = 4;
  private static final int HARD_CLIP = 5;

  /** Bit i: operation i consumes the reference (M D N = X). */
  private static final int ON_REFERENCE = 0b1_1000_1101;

  /** Bit i: operation i consumes the query (M I S = X). */
  private static final int ON_QUERY = 0b1_1001_0011;

  /** Longest text of one operation: 2^28 - 1 and a letter. */
  private static final int MAX_TEXT = 10;

  private final CigarView view = new CigarView();
  private byte[] data;

  long number(ExpressionVariable variable, RecordSlice slice, int row) throws BamFormatException {
    data = slice.data();
    if (variable == ExpressionVariable.ENDPOS) {
      return view.end(slice, row);
    }
    view.reset(slice, row);
    return switch (variable) {
      case NCIGAR -> view.count();
      case QLEN -> length(slice, row, ON_QUERY);
      case RLEN -> length(slice, row, ON_REFERENCE);
      case HCLEN -> hardClips();
      default -> softClips();
    };
  }

  private int op(int index) {
    return LittleEndian.int32(data, view.offset() + 4 * index);
  }

  /** The length of an operation if it has that code, otherwise 0. */
  private int lengthOf(int code, int index) {
    int op = op(index);
    return (op & 0xf) == code ? op >>> 4 : 0;
  }

  private long length(RecordSlice slice, int row, int operations) throws BamFormatException {
    long length = 0;
    for (int i = 0; i < view.count(); i++) {
      int op = op(i);
      check(slice, row, op & 0xf);
      length += (operations >>> (op & 0xf) & 1) * (long) (op >>> 4);
    }
    return length;
  }

  private static void check(RecordSlice slice, int row, int code) throws BamFormatException {
    if (code >= CigarView.OPS.length()) {
      throw CigarView.badOp(slice, row, code);
    }
  }

  private long hardClips() {
    int last = view.count() - 1;
    return last < 0 ? 0 : lengthOf(HARD_CLIP, 0) + (last == 0 ? 0L : lengthOf(HARD_CLIP, last));
  }

  /** The outermost operations, hard clips aside. */
  private long softClips() {
    int first = 0;
    int last = view.count() - 1;
    if (last < 0) {
      return 0;
    }
    if (last > 0 && (op(first) & 0xf) == HARD_CLIP && (op(first + 1) & 0xf) == SOFT_CLIP) {
      first++;
    }
    long clipped = lengthOf(SOFT_CLIP, first);
    if (last > first && (op(last) & 0xf) == HARD_CLIP) {
      last--;
    }
    return last > first ? clipped + lengthOf(SOFT_CLIP, last) : clipped;
  }

  /** CIGAR as in SAM text. Returns the buffer, or a larger one. */
  byte[] text(RecordSlice slice, int row, byte[] buffer, ExpressionValue out)
      throws BamFormatException {
    view.reset(slice, row);
    data = slice.data();
    byte[] text = buffer;
    if (view.count() == 0) {
      text[0] = '*';
      out.set(text, 0, 1);
      return text;
    }
    int at = 0;
    for (int i = 0; i < view.count(); i++) {
      int op = op(i);
      check(slice, row, op & 0xf);
      if (text.length - at < MAX_TEXT) {
        text = Arrays.copyOf(text, 2 * text.length);
      }
      at = digits(op >>> 4, text, at);
      text[at++] = (byte) CigarView.OPS.charAt(op & 0xf);
    }
    out.set(text, 0, at);
    return text;
  }

  private static int digits(int number, byte[] out, int at) {
    int end = at + 1;
    for (int rest = number / 10; rest > 0; rest /= 10) {
      end++;
    }
    int rest = number;
    for (int i = end - 1; i >= at; i--) {
      out[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return end;
  }
}
