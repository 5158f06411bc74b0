package org.bamarrow.internal.column;

import java.util.Arrays;

/** An Arrow validity bitmap: one bit a value, least significant first, 1 = not null. */
final class Validity {
  private byte[] bits = new byte[0];
  private int count;
  private int nulls;

  /** Starts anew with {@code values} values, all valid. */
  void allValid(int values) {
    begin(values);
    Arrays.fill(bits, 0, values >> 3, (byte) 0xff);
    if ((values & 7) != 0) {
      bits[values >> 3] = (byte) ((1 << (values & 7)) - 1);
    }
  }

  /** Starts anew with {@code values} values, all null. */
  void allNull(int values) {
    begin(values);
    Arrays.fill(bits, 0, values + 7 >> 3, (byte) 0);
    nulls = values;
  }

  private void begin(int values) {
    if (bits.length < values + 7 >> 3) {
      bits = new byte[values + 7 >> 3];
    }
    count = values;
    nulls = 0;
  }

  /** Makes a valid value null. */
  void setNull(int index) {
    bits[index >> 3] &= (byte) ~(1 << (index & 7));
    nulls++;
  }

  /** Makes a null value valid. */
  void setValid(int index) {
    bits[index >> 3] |= (byte) (1 << (index & 7));
    nulls--;
  }

  /** The node of a column with these values, and the bitmap: left out where nothing is null. */
  void emit(BatchBuilder out) {
    out.node(count, nulls);
    out.buffer(bits, nulls == 0 ? 0 : count + 7 >> 3);
  }
}
