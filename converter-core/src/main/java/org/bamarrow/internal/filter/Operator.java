package org.bamarrow.internal.filter;

/** An SQL comparison operator. */
public enum Operator {
  EQUAL,
  /** {@code <=>}: as {@link #EQUAL}, but null equals null and nothing else; never unknown. */
  NULL_SAFE_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL;

  /** Whether it holds for the result of a comparator. */
  boolean holds(int comparison) {
    return switch (this) {
      case EQUAL, NULL_SAFE_EQUAL -> comparison == 0;
      case LESS -> comparison < 0;
      case LESS_OR_EQUAL -> comparison <= 0;
      case GREATER -> comparison > 0;
      case GREATER_OR_EQUAL -> comparison >= 0;
    };
  }
}
