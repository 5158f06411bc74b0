package org.bamarrow.internal.filter;

import java.util.Locale;
import org.bamarrow.internal.filter.ExpressionNode.Type;
import org.bamarrow.io.BamFormatException;

/** The functions of filter expressions. What is true by itself stays so, as in htslib. */
enum ExpressionFunction {
  LENGTH(Type.TEXT, Type.NUMBER, 1),
  MIN(Type.TEXT, Type.NUMBER, 1),
  MAX(Type.TEXT, Type.NUMBER, 1),
  AVG(Type.TEXT, Type.NUMBER, 1),
  EXISTS(null, Type.NUMBER, 1),
  DEFAULT(null, Type.TAG, 2),
  SQRT(Type.NUMBER, Type.NUMBER, 1),
  LOG(Type.NUMBER, Type.NUMBER, 1),
  POW(Type.NUMBER, Type.NUMBER, 2),
  EXP(Type.NUMBER, Type.NUMBER, 1);

  /** What the arguments must be; null: anything. */
  final Type needs;

  final int arguments;
  private final Type result;

  ExpressionFunction(Type needs, Type result, int arguments) {
    this.needs = needs;
    this.result = result;
    this.arguments = arguments;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * A call.
   *
   * @param position of the function, 0-based
   */
  ExpressionNode call(int position, ExpressionNode... given) {
    ExpressionNode first = given[0];
    ExpressionNode second = arguments == 1 ? null : given[1];
    Type type = this == DEFAULT && first.type() == second.type() ? first.type() : result;
    return new ExpressionNode(type, given) {
      private final ExpressionValue other = new ExpressionValue();

      @Override
      void evaluate(ExpressionRecord record, ExpressionValue out) throws BamFormatException {
        first.evaluate(record, out);
        check(record, position, out);
        if (second == null) {
          ExpressionFunction.this.evaluate(out);
          return;
        }
        second.evaluate(record, other);
        check(record, position, other);
        if (ExpressionFunction.this == POW) {
          boolean missing = out.isMissing() || other.isMissing();
          setNumber(out, missing ? Double.NaN : Math.pow(out.number(), other.number()));
        } else if (out.isMissing() && !out.isForcedTrue()) {
          out.set(other);
        }
      }
    };
  }

  /** A missing tag is missing text, and of missing text the number is 0. */
  private void check(ExpressionRecord record, int position, ExpressionValue value)
      throws BamFormatException {
    if (needs == Type.TEXT && !value.isText()) {
      throw record.wrongType(position, word() + " needs text, but a tag is a number");
    }
    if (needs == Type.NUMBER && value.isText() && !value.isMissing()) {
      throw record.wrongType(position, word() + " needs a number, but a tag is text");
    }
  }

  private void evaluate(ExpressionValue value) {
    switch (this) {
      case LENGTH -> value.become(value.length());
      case MIN, MAX, AVG -> value.become(ofBytes(value));
      case EXISTS -> value.setResult(!value.isMissing() || value.isForcedTrue());
      case SQRT -> setNumber(value, Math.sqrt(value.number()));
      case LOG -> setNumber(value, Math.log(value.number()));
      default -> setNumber(value, Math.exp(value.number()));
    }
  }

  private static void setNumber(ExpressionValue value, double number) {
    if (Double.isNaN(number)) {
      value.setMissing();
    } else {
      value.become(number);
    }
  }

  /** Of no bytes the average is 0, minimum and maximum are missing. */
  private double ofBytes(ExpressionValue text) {
    int min = 256;
    int max = -1;
    long sum = 0;
    for (int i = 0; i < text.length(); i++) {
      int value = text.unsignedByte(i);
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
    }
    if (this == AVG) {
      return text.length() == 0 ? 0 : (double) sum / text.length();
    }
    return text.length() == 0 ? Double.NaN : this == MIN ? min : max;
  }
}
