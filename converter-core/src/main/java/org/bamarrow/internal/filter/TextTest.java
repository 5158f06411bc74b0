package org.bamarrow.internal.filter;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bamarrow.internal.base.ByteStringSet;

/**
 * The test of a condition on text, which is compared by unsigned bytes, as Spark's UTF8String.
 *
 * @param holds applied to text that is not null
 * @param onNull outcome for null
 * @param onMiss outcome if {@code holds} is false
 */
record TextTest(Bytes holds, int onNull, int onMiss) {
  /** Tests the text in {@code data[from, to)}. */
  interface Bytes {
    boolean test(byte[] data, int from, int to);
  }

  int evaluate(byte[] data, int from, int to) {
    return holds.test(data, from, to) ? Node.TRUE : onMiss;
  }

  static TextTest of(RawPredicate.TextCompare leaf) {
    Operator operator = leaf.operator();
    if (operator == Operator.NULL_SAFE_EQUAL) {
      return leaf.value() == null
          ? new TextTest((data, from, to) -> false, Node.TRUE, Node.FALSE)
          : new TextTest(equal(leaf.value()), Node.FALSE, Node.FALSE);
    }
    if (leaf.value() == null) {
      return new TextTest((data, from, to) -> false, Node.UNKNOWN, Node.UNKNOWN);
    }
    return new TextTest(
        operator == Operator.EQUAL ? equal(leaf.value()) : ordered(operator, leaf.value()),
        Node.UNKNOWN,
        Node.FALSE);
  }

  static TextTest of(RawPredicate.TextIn leaf) {
    ByteStringSet values = leaf.values();
    boolean nothing = values.isEmpty() && !leaf.hasNull();
    return new TextTest(
        values::contains,
        nothing ? Node.FALSE : Node.UNKNOWN,
        leaf.hasNull() ? Node.UNKNOWN : Node.FALSE);
  }

  static TextTest of(RawPredicate.StartsWith leaf) {
    byte[] prefix = leaf.prefix().getBytes(StandardCharsets.UTF_8);
    return new TextTest(
        (data, from, to) ->
            to - from >= prefix.length
                && Arrays.equals(data, from, from + prefix.length, prefix, 0, prefix.length),
        Node.UNKNOWN,
        Node.FALSE);
  }

  /** IS NULL. */
  static final TextTest IS_NULL = new TextTest((data, from, to) -> false, Node.TRUE, Node.FALSE);

  private static Bytes equal(String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    return (data, from, to) -> Arrays.equals(data, from, to, value, 0, value.length);
  }

  private static Bytes ordered(Operator operator, String text) {
    byte[] value = text.getBytes(StandardCharsets.UTF_8);
    return (data, from, to) ->
        operator.holds(Arrays.compareUnsigned(data, from, to, value, 0, value.length));
  }
}
