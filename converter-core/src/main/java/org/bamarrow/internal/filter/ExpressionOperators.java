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
    NOT_EQUAL;

    /** The same comparison with the operands swapped. */
    Comparison swapped() {
      return switch (this) {
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
        case EQUAL, NOT_EQUAL -> this;
      };
    }

    boolean holds(double a, double b) {
      return switch (this) {
        case LESS -> a < b;
        case LESS_OR_EQUAL -> a <= b;
        case GREATER -> a > b;
        case GREATER_OR_EQUAL -> a >= b;
        case EQUAL -> a == b;
        case NOT_EQUAL -> a != b;
      };
    }
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

      @Override
      RawPredicate whenTrue(ExpressionColumns columns) {
        return combined(columns, or, left.whenTrue(columns), right.whenTrue(columns));
      }

      @Override
      RawPredicate whenFalse(ExpressionColumns columns) {
        return combined(columns, !or, left.whenFalse(columns), right.whenFalse(columns));
      }

      /** If the left operand fails, there is nothing to be said of the right one. */
      private RawPredicate combined(
          ExpressionColumns columns, boolean any, RawPredicate first, RawPredicate second) {
        if (any) {
          return new RawPredicate.Or(first, second);
        }
        return left.canFail(columns) ? first : new RawPredicate.And(first, second);
      }

      @Override
      boolean canFail(ExpressionColumns columns) {
        return childCanFail(columns);
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

      @Override
      ExpressionOperand operand(ExpressionColumns columns) {
        return operator == '&'
            ? ExpressionOperand.and(left.operand(columns), right.operand(columns))
            : ExpressionOperand.UNKNOWN;
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
          out.setResult(operator.holds(out.compareText(other), 0));
        } else {
          out.setResult(operator.holds(out.number(), other.number()));
        }
      }

      @Override
      RawPredicate whenTrue(ExpressionColumns columns) {
        return condition(columns, true);
      }

      @Override
      RawPredicate whenFalse(ExpressionColumns columns) {
        return condition(columns, false);
      }

      private RawPredicate condition(ExpressionColumns columns, boolean outcome) {
        return canFail(columns)
            ? RawPredicate.TRUE
            : ExpressionOperand.compare(
                operator, left.operand(columns), right.operand(columns), outcome);
      }

      @Override
      boolean canFail(ExpressionColumns columns) {
        return childCanFail(columns);
      }
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

      @Override
      RawPredicate whenTrue(ExpressionColumns columns) {
        return operand.whenFalse(columns);
      }

      @Override
      RawPredicate whenFalse(ExpressionColumns columns) {
        return operand.whenTrue(columns);
      }

      @Override
      boolean canFail(ExpressionColumns columns) {
        return childCanFail(columns);
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
          out.setResult(signed(operator, out.number()));
        }
      }

      @Override
      ExpressionOperand operand(ExpressionColumns columns) {
        return operand.operand(columns) instanceof ExpressionOperand.Number number
            ? new ExpressionOperand.Number(signed(operator, number.value()))
            : ExpressionOperand.UNKNOWN;
      }
    };
  }

  private static double signed(char operator, double value) {
    return operator == '+' ? value : operator == '-' ? -value : (double) ~(long) value;
  }
}
