package org.bamarrow.internal.filter;

import java.util.Comparator;
import java.util.List;

/**
 * A condition compiled for the vectors of record batches, together with the outcome that is asked
 * for. So NOT needs no node: {@code NOT x} is true where {@code x} is false, and by De Morgan's
 * laws, which hold in three-valued logic, the negation of AND is the OR of the negations. For one
 * thread.
 */
abstract class VectorNode {
  /** Removes the rows for which the condition does not have the outcome. */
  abstract void retain(RowSelection rows);

  /** Relative cost, to evaluate cheap nodes first; only the order matters. */
  abstract int cost();

  private static VectorNode[] cheapFirst(List<VectorNode> nodes) {
    return nodes.stream()
        .sorted(Comparator.comparingInt(VectorNode::cost))
        .toArray(VectorNode[]::new);
  }

  private static int maxCost(VectorNode[] nodes) {
    int cost = 0;
    for (VectorNode node : nodes) {
      cost = Math.max(cost, node.cost());
    }
    return cost;
  }

  /** Keeps all rows, or none. */
  static final class Fixed extends VectorNode {
    private final boolean keeps;

    Fixed(boolean keeps) {
      this.keeps = keeps;
    }

    @Override
    void retain(RowSelection rows) {
      if (!keeps) {
        rows.clear();
      }
    }

    @Override
    int cost() {
      return 0;
    }
  }

  /** Keeps the rows that all nodes keep. */
  static final class All extends VectorNode {
    private final VectorNode[] nodes;

    All(List<VectorNode> nodes) {
      this.nodes = cheapFirst(nodes);
    }

    @Override
    void retain(RowSelection rows) {
      for (VectorNode node : nodes) {
        if (rows.isEmpty()) {
          return;
        }
        node.retain(rows);
      }
    }

    @Override
    int cost() {
      return maxCost(nodes);
    }
  }

  /** Keeps the rows that any of the nodes keeps; a node is asked for those only that none has. */
  static final class Any extends VectorNode {
    private final VectorNode[] nodes;
    private final RowSelection open = new RowSelection();
    private final RowSelection kept = new RowSelection();

    Any(List<VectorNode> nodes) {
      this.nodes = cheapFirst(nodes);
    }

    @Override
    void retain(RowSelection rows) {
      open.set(rows);
      for (VectorNode node : nodes) {
        if (open.isEmpty()) {
          return; // every row is kept
        }
        kept.set(open);
        node.retain(kept);
        open.removeAll(kept);
      }
      rows.removeAll(open);
    }

    @Override
    int cost() {
      return maxCost(nodes);
    }
  }

  /** Keeps the rows that are null, or those that are not. */
  static final class NullTest extends VectorNode {
    private final VectorColumn column;
    private final boolean nulls;

    NullTest(VectorColumn column, boolean nulls) {
      this.column = column;
      this.nulls = nulls;
    }

    @Override
    void retain(RowSelection rows) {
      for (int i = 0; i < rows.words(); i++) {
        long valid = column.valid(i);
        rows.word(i, rows.word(i) & (nulls ? ~valid : valid));
      }
    }

    @Override
    int cost() {
      return 0;
    }
  }

  /** A condition on several columns, row by row. */
  abstract static class ByRow extends VectorNode {
    @Override
    final void retain(RowSelection rows) {
      for (int i = 0; i < rows.words(); i++) {
        long asked = rows.word(i);
        if (asked != 0) {
          start(64 * i + 63 - Long.numberOfLeadingZeros(asked));
          long kept = 0;
          for (long rest = asked; rest != 0; rest &= rest - 1) {
            boolean keeps = keeps(64 * i + Long.numberOfTrailingZeros(rest));
            kept |= keeps ? Long.lowestOneBit(rest) : 0;
          }
          rows.word(i, kept);
        }
      }
    }

    /** Begins with up to 64 rows in ascending order, of which {@code last} is the last. */
    abstract void start(int last);

    abstract boolean keeps(int row);

    @Override
    final int cost() {
      return 3;
    }
  }
}
