package org.bamarrow.internal.filter;

import java.nio.charset.StandardCharsets;
import org.bamarrow.internal.filter.ExpressionNode.Type;

/** The literals of filter expressions. */
final class ExpressionLiterals {
  private ExpressionLiterals() {}

  static ExpressionNode number(double value) {
    return new ExpressionNode(Type.NUMBER) {
      @Override
      void evaluate(ExpressionRecord record, ExpressionValue out) {
        out.set(value);
      }

      @Override
      ExpressionOperand operand(ExpressionColumns columns) {
        return new ExpressionOperand.Number(value);
      }
    };
  }

  static ExpressionNode text(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    return new ExpressionNode(Type.TEXT) {
      @Override
      void evaluate(ExpressionRecord record, ExpressionValue out) {
        out.set(bytes, 0, bytes.length);
      }

      @Override
      ExpressionOperand operand(ExpressionColumns columns) {
        return new ExpressionOperand.Text(value);
      }
    };
  }
}
