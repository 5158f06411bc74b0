package org.bamarrow.internal.filter;

/** A comparison of SQL. */
public enum Operator {
  EQUAL,
  /** {@code <=>}: as {@link #EQUAL}, but null equals null and nothing else; never unknown. */
  NULL_SAFE_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL;

  /** Whether it holds between two values of which {@code comparison} tells as a comparator does. */
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
