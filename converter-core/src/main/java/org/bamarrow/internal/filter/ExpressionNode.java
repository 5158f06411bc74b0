package org.bamarrow.internal.filter;

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

  /**
   * @param children their depth bounds that of the evaluation
   */
  ExpressionNode(Type type, ExpressionNode... children) {
    this.type = type;
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

  Type type() {
    return type;
  }

  int depth() {
    return depth;
  }
}
