package org.bamarrow.internal.filter;

import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/** The column {@code cigar}, text or lists of operations and lengths. For one thread. */
final class VectorCigar extends VectorColumn {
  private static final int MAX_LENGTH = (1 << 28) - 1;

  /** Null if it is a list. */
  private final VectorText text;

  private ListVector list;
  private VarCharVector letters;
  private IntVector lengths;

  /** The operations of the current row: length << 4 | code. */
  int[] ops = new int[64];

  int count;

  /**
   * @param text the column as text; null if it is a list
   */
  VectorCigar(VectorText text) {
    super("cigar", null);
    this.text = text;
  }

  @Override
  void values(FieldVector vector) {
    if (text != null) {
      return; // is bound itself
    }
    if (!(vector instanceof ListVector of)
        || !(of.getDataVector() instanceof StructVector struct)
        || !(struct.getChild("op") instanceof VarCharVector names)
        || !(struct.getChild("length") instanceof IntVector numbers)) {
      throw unexpected(vector, "text or a list of operations");
    }
    list = of;
    letters = names;
    lengths = numbers;
  }

  @Override
  void start(int lastRow) {
    if (text != null) {
      text.start(lastRow);
    }
  }

  /** Moves to a row; null has no operations. */
  void at(int row) {
    count = 0;
    if (!isValid(row)) {
      return;
    }
    if (text == null) {
      for (int i = list.getElementStartIndex(row); i < list.getElementEndIndex(row); i++) {
        byte[] letter = letters.isNull(i) ? new byte[0] : letters.get(i);
        add(lengths.isNull(i) ? -1 : lengths.get(i), letter.length == 1 ? letter[0] : 0);
      }
      return;
    }
    text.at(row);
    long length = 0;
    boolean digits = false;
    for (int i = text.from; i < text.to; i++) {
      int letter = text.data[i];
      if (letter >= '0' && letter <= '9') {
        length = Math.min(1L << 32, 10 * length + letter - '0');
        digits = true;
      } else {
        add(digits ? length : -1, letter);
        length = 0;
        digits = false;
      }
    }
    if (digits) {
      add(-1, 0);
    }
  }

  private void add(long length, int letter) {
    int code = RowRecord.code(letter);
    if (length < 0 || length > MAX_LENGTH || code < 0) {
      throw new IllegalArgumentException("column cigar has values that are not a CIGAR");
    }
    if (count == ops.length) {
      ops = Arrays.copyOf(ops, 2 * count);
    }
    ops[count++] = (int) length << 4 | code;
  }
}
