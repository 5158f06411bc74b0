package org.bamarrow.internal.filter;

import java.util.List;
import org.bamarrow.internal.filter.ExpressionOperators.Comparison;
import org.bamarrow.io.BamFormatException;

/** A part of a filter expression, compiled for one thread. */
abstract class ExpressionNode {
  /** What a value is; that of a tag is known only for a record. */
  enum Type {
    NUMBER,
    TEXT,
    TAG
  }

  private final Type type;
  private final int depth;
  private final List<ExpressionNode> children;

  /**
   * @param children their depth bounds that of the evaluation
   */
  ExpressionNode(Type type, ExpressionNode... children) {
    this.type = type;
    this.children = List.of(children);
    int below = 0;
    for (ExpressionNode child : children) {
      below = Math.max(below, child.depth);
    }
    depth = below + 1;
  }

  /**
   * Computes the value for the current record.
   *
   * @param out receives the value
   * @throws BamFormatException if the record is invalid, or has a tag of a type that does not fit
   */
  abstract void evaluate(ExpressionRecord record, ExpressionValue out) throws BamFormatException;

  /**
   * A condition that is true for every row for which the value is true, or fails to be computed.
   * {@link RawPredicate#TRUE} tells nothing. Of a part that can fail it is not derived, so that the
   * error does not depend on which batches are read.
   */
  RawPredicate whenTrue(ExpressionColumns columns) {
    return isTrue(columns, true);
  }

  /** As {@link #whenTrue}, for a value that is false or missing, or whose negation is true. */
  RawPredicate whenFalse(ExpressionColumns columns) {
    return isTrue(columns, false);
  }

  private RawPredicate isTrue(ExpressionColumns columns, boolean outcome) {
    ExpressionOperand zero = new ExpressionOperand.Number(0);
    return canFail(columns)
        ? RawPredicate.TRUE
        : ExpressionOperand.compare(Comparison.NOT_EQUAL, operand(columns), zero, outcome);
  }

  /** The value, as far as it is that of a column. */
  ExpressionOperand operand(ExpressionColumns columns) {
    return ExpressionOperand.UNKNOWN;
  }

  /** Whether there may be rows for which the value cannot be computed: by the type of a tag. */
  boolean canFail(ExpressionColumns columns) {
    return hasTag();
  }

  /** Whether the part has tags. */
  boolean hasTag() {
    return children.stream().anyMatch(ExpressionNode::hasTag);
  }

  /** Whether one of its parts can fail. */
  final boolean childCanFail(ExpressionColumns columns) {
    return children.stream().anyMatch(child -> child.canFail(columns));
  }

  Type type() {
    return type;
  }

  int depth() {
    return depth;
  }
}
