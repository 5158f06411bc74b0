package org.bamarrow.internal.column;

import java.io.IOException;
import java.util.Arrays;

/** An Arrow validity bitmap: one bit per value, least significant bit first, 1 = not null. */
final class Validity {
  private final GrowableBuffer buffer;
  private byte[] bits = new byte[0];
  private int count;
  private int nulls;

  Validity(BatchMemory memory) {
    buffer = memory.newBuffer();
  }

  /** Resets to {@code values} values, all valid. */
  void allValid(int values) {
    begin(values);
    Arrays.fill(bits, 0, values >> 3, (byte) 0xff);
    if ((values & 7) != 0) {
      bits[values >> 3] = (byte) ((1 << (values & 7)) - 1);
    }
  }

  /** Resets to {@code values} values, all null. */
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

  /** Adds the field node and the bitmap, which is empty if there are no nulls. */
  void emit(BatchBuilder out) throws IOException {
    buffer.clear();
    if (nulls > 0) {
      buffer.append(bits, 0, count + 7 >> 3);
    }
    out.node(count, nulls);
    out.buffer(buffer);
  }
}
