package org.bamarrow.internal.filter;

import org.bamarrow.internal.filter.ExpressionNode.Type;
import org.bamarrow.io.BamFormatException;

/** The operators of filter expressions, with the semantics of htslib. */
final class ExpressionOperators {
  private ExpressionOperators() {}

  enum Comparison {
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    EQUAL,
    NOT_EQUAL
  }

  /** An operator with two operands. */
  private abstract static class Binary extends ExpressionNode {
    final ExpressionNode left;
    final ExpressionNode right;
    final ExpressionValue other = new ExpressionValue();

    Binary(ExpressionNode left, ExpressionNode right) {
      super(Type.NUMBER, left, right);
      this.left = left;
      this.right = right;
    }
  }

  /** {@code && ||}: false if an operand is missing; the right operand only if it matters. */
  static ExpressionNode logical(boolean or, ExpressionNode left, ExpressionNode right) {
    return new Binary(left, right) {
      @Override
      void evaluate(ExpressionRecord record, ExpressionValue out) throws BamFormatException {
        left.evaluate(record, out);
        boolean value = out.isTrue();
        if (value != or) {
          right.evaluate(record, other);
          value = other.isTrue();
        }
        out.setResult(value);
      }
    };
  }

  /**
   * {@code * / % + - & ^ |}: missing if an operand is.
   *
   * @param position of the operator, 0-based
   */
  static ExpressionNode arithmetic(
      char operator, int position, ExpressionNode left, ExpressionNode right) {
    return new Binary(left, right) {
      @Override
      void evaluate(ExpressionRecord record, ExpressionValue out) throws BamFormatException {
        left.evaluate(record, out);
        right.evaluate(record, other);
        if (out.isMissing() || other.isMissing()) {
          out.setMissing();
        } else if (out.isText() || other.isText()) {
          throw record.wrongType(position, "'" + operator + "' needs numbers, but a tag is text");
        } else {
          out.setResult(compute(operator, out.number(), other.number()));
        }
      }
    };
  }

  private static double compute(char operator, double a, double b) {
    return switch (operator) {
      case '*' -> a * b;
      case '/' -> a / b;
      case '+' -> a + b;
      case '-' -> a - b;
      case '%' -> (long) b == 0 ? Double.NaN : (long) a % (long) b;
      case '&' -> (long) a & (long) b;
      case '^' -> (long) a ^ (long) b;
      default -> (long) a | (long) b;
    };
  }

  /**
   * {@code < <= > >= == !=}: missing if an operand is; text and a number are different, and neither
   * is greater.
   */
  static ExpressionNode comparison(Comparison operator, ExpressionNode left, ExpressionNode right) {
    return new Binary(left, right) {
      @Override
      void evaluate(ExpressionRecord record, ExpressionValue out) throws BamFormatException {
        left.evaluate(record, out);
        right.evaluate(record, other);
        if (out.isMissing() || other.isMissing()) {
          out.setMissing();
        } else if (out.isText() != other.isText()) {
          out.setResult(operator == Comparison.NOT_EQUAL);
        } else if (out.isText()) {
          out.setResult(holds(operator, out.compareText(other), 0));
        } else {
          out.setResult(holds(operator, out.number(), other.number()));
        }
      }
    };
  }

  private static boolean holds(Comparison operator, double a, double b) {
    return switch (operator) {
      case LESS -> a < b;
      case LESS_OR_EQUAL -> a <= b;
      case GREATER -> a > b;
      case GREATER_OR_EQUAL -> a >= b;
      case EQUAL -> a == b;
      case NOT_EQUAL -> a != b;
    };
  }

  /**
   * {@code =~ !~}: false if the text is missing, both.
   *
   * @param position of the operator, 0-based
   */
  static ExpressionNode match(
      boolean negated, int position, ExpressionNode text, PosixRegex pattern) {
    return new ExpressionNode(Type.NUMBER, text) {
      @Override
      void evaluate(ExpressionRecord record, ExpressionValue out) throws BamFormatException {
        text.evaluate(record, out);
        if (!out.isText()) {
          throw record.wrongType(
              position, "a regular expression needs text, but a tag is a number");
        }
        out.setResult(!out.isMissing() && out.matches(pattern) != negated);
      }
    };
  }

  /** {@code !}: of text, false; of a number, whether its integer part is 0. */
  static ExpressionNode not(ExpressionNode operand) {
    return new ExpressionNode(Type.NUMBER, operand) {
      @Override
      void evaluate(ExpressionRecord record, ExpressionValue out) throws BamFormatException {
        operand.evaluate(record, out);
        boolean value =
            !out.isForcedTrue() && (out.isMissing() || !out.isText() && (long) out.number() == 0);
        out.setResult(value);
      }
    };
  }

  /**
   * {@code + - ~} with one operand: missing if that is.
   *
   * @param position of the operator, 0-based
   */
  static ExpressionNode sign(char operator, int position, ExpressionNode operand) {
    return new ExpressionNode(Type.NUMBER, operand) {
      @Override
      void evaluate(ExpressionRecord record, ExpressionValue out) throws BamFormatException {
        operand.evaluate(record, out);
        if (out.isMissing()) {
          out.setMissing();
        } else if (out.isText()) {
          throw record.wrongType(position, "'" + operator + "' needs a number, but a tag is text");
        } else {
          double value = out.number();
          out.setResult(
              operator == '+' ? value : operator == '-' ? -value : (double) ~(long) value);
        }
      }
    };
  }
}
