package org.bamarrow.internal.bgzf;

import com.kenai.jffi.ObjectParameterInfo;
import com.kenai.jffi.ObjectParameterStrategy;
import com.kenai.jffi.ObjectParameterType;

/**
 * A range of a byte array as the argument of a native function. The array is passed without a copy;
 * the garbage collector waits during the call. Reused, so that calls do not allocate.
 */
final class ArrayRange {
  static final ObjectParameterStrategy<ArrayRange> STRATEGY = new Strategy();

  private byte[] array;
  private int offset;
  private int length;

  ArrayRange of(byte[] newArray, int newOffset, int newLength) {
    array = newArray;
    offset = newOffset;
    length = newLength;
    return this;
  }

  int length() {
    return length;
  }

  /** How the range is passed as the parameter with this 0-based index. */
  static ObjectParameterInfo asParameter(int index) {
    return ObjectParameterInfo.create(
        index,
        ObjectParameterInfo.ARRAY,
        ObjectParameterInfo.BYTE,
        ObjectParameterInfo.IN | ObjectParameterInfo.OUT | ObjectParameterInfo.PINNED);
  }

  private static final class Strategy extends ObjectParameterStrategy<ArrayRange> {
    Strategy() {
      super(HEAP, ObjectParameterType.create(ObjectParameterType.ARRAY, ObjectParameterType.BYTE));
    }

    @Override
    public long address(ArrayRange range) {
      throw new UnsupportedOperationException("an array on the heap has no address");
    }

    @Override
    public Object object(ArrayRange range) {
      return range.array;
    }

    @Override
    public int offset(ArrayRange range) {
      return range.offset;
    }

    @Override
    public int length(ArrayRange range) {
      return range.length;
    }
  }
}
