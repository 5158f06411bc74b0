package org.bamarrow.internal.filter;

import java.util.Comparator;
import java.util.List;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.io.BamFormatException;

/**
 * A compiled predicate, for one thread. Outcomes are ordered numbers of SQL's three-valued logic:
 * AND is the minimum of its children, OR the maximum, NOT is {@code TRUE - outcome}.
 */
abstract class Node {
  static final int FALSE = 0;
  static final int UNKNOWN = 1;
  static final int TRUE = 2;

  /** The outcome for record {@code row} (0-based) of the slice. */
  abstract int evaluate(RecordSlice slice, int row) throws BamFormatException;

  /** Whether the outcome is true; does not distinguish false and unknown, so it may be faster. */
  boolean accepts(RecordSlice slice, int row) throws BamFormatException {
    return evaluate(slice, row) == TRUE;
  }

  /** Relative cost, to evaluate cheap nodes first; only the order matters. */
  abstract int cost();

  static int of(boolean holds) {
    return holds ? TRUE : FALSE;
  }

  /** The same outcome for every record. */
  static final class Fixed extends Node {
    private final int outcome;

    Fixed(int outcome) {
      this.outcome = outcome;
    }

    @Override
    int evaluate(RecordSlice slice, int row) {
      return outcome;
    }

    @Override
    int cost() {
      return 0;
    }
  }

  static final class Not extends Node {
    private final Node child;

    Not(Node child) {
      this.child = child;
    }

    @Override
    int evaluate(RecordSlice slice, int row) throws BamFormatException {
      return TRUE - child.evaluate(slice, row);
    }

    @Override
    int cost() {
      return child.cost();
    }
  }

  /** AND and OR: evaluates the children, cheap ones first, until one decides the outcome. */
  static class Connective extends Node {
    private final Node[] children;
    private final int decisive;

    /**
     * @param decisive {@code FALSE}: AND; {@code TRUE}: OR
     */
    Connective(List<Node> children, int decisive) {
      this.children =
          children.stream().sorted(Comparator.comparingInt(Node::cost)).toArray(Node[]::new);
      this.decisive = decisive;
    }

    @Override
    int evaluate(RecordSlice slice, int row) throws BamFormatException {
      int outcome = TRUE - decisive;
      for (Node child : children) {
        int next = child.evaluate(slice, row);
        if (next == decisive) {
          return next;
        }
        if (next == UNKNOWN) {
          outcome = UNKNOWN;
        }
      }
      return outcome;
    }

    @Override
    boolean accepts(RecordSlice slice, int row) throws BamFormatException {
      for (Node child : children) {
        if (child.accepts(slice, row) == (decisive == TRUE)) {
          return decisive == TRUE;
        }
      }
      return decisive == FALSE;
    }

    @Override
    int cost() {
      int cost = 0;
      for (Node child : children) {
        cost = Math.max(cost, child.cost());
      }
      return cost;
    }
  }
}
