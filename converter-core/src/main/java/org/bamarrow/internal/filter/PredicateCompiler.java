package org.bamarrow.internal.filter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.bamarrow.internal.bam.RecordLayout;
import org.bamarrow.internal.filter.IntegerNode.IntegerTest;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.Constant;
import org.bamarrow.internal.filter.RawPredicate.FloatCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerIn;
import org.bamarrow.internal.filter.RawPredicate.Leaf;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;
import org.bamarrow.internal.filter.RawPredicate.StartsWith;
import org.bamarrow.internal.filter.RawPredicate.TextCompare;
import org.bamarrow.internal.filter.RawPredicate.TextIn;

/** Compiles a predicate into nodes, for one thread. */
final class PredicateCompiler {
  private static final IntegerTest INTEGER_IS_NULL =
      new IntegerTest(-1, value -> false, Node.TRUE, Node.FALSE);

  private final RecordTags tags;
  private final boolean latin1;

  /** Nodes of conditions on RNAME and RNEXT, which are often repeated in long predicates. */
  private final Map<Leaf, Node> ofReferences = new HashMap<>();

  PredicateCompiler(RecordTags tags, boolean latin1) {
    this.tags = tags;
    this.latin1 = latin1;
  }

  Node compile(RawPredicate predicate) {
    if (predicate instanceof Constant constant) {
      Boolean value = constant.value();
      return new Node.Fixed(value == null ? Node.UNKNOWN : value ? Node.TRUE : Node.FALSE);
    }
    if (predicate instanceof And and) {
      return new Node.Connective(all(and.children()), Node.FALSE);
    }
    if (predicate instanceof Or or) {
      List<Node> children = all(or.children());
      return children.size() < IndexedOr.MIN_CONDITIONS
          ? new Node.Connective(children, Node.TRUE)
          : new IndexedOr(or.children(), children);
    }
    if (predicate instanceof Not not) {
      return new Node.Not(compile(not.child()));
    }
    return leaf((Leaf) predicate);
  }

  private List<Node> all(List<RawPredicate> children) {
    return children.stream().map(this::compile).toList();
  }

  private Node leaf(Leaf leaf) {
    RawField field = leaf.field();
    if (field.column() == RawField.Column.NAMED) {
      throw new IllegalArgumentException("records have no column " + field);
    }
    return switch (field.kind()) {
      case INTEGER -> new IntegerNode(IntegerValue.of(field, tags), integerTest(leaf));
      case TEXT -> text(leaf);
      case ARRAY -> new TagNodes.IsNull(field, tags);
      case FLOAT ->
          leaf instanceof FloatCompare compare
              ? new TagNodes.Float(field, tags, FloatTest.of(compare))
              : new TagNodes.IsNull(field, tags);
    };
  }

  private Node text(Leaf leaf) {
    RawField field = leaf.field();
    return switch (field.column()) {
      case RNAME -> reference(leaf, RecordLayout.REF_ID);
      case RNEXT -> reference(leaf, RecordLayout.NEXT_REF_ID);
      case QNAME -> new TextNode.Qname(textTest(leaf), latin1);
      default -> new TextNode.Tag(field, tags, textTest(leaf), latin1);
    };
  }

  private Node reference(Leaf leaf, int offset) {
    return ofReferences.computeIfAbsent(leaf, same -> new ReferenceNode(textTest(same), offset));
  }

  /** The test of a leaf on an integer field. */
  static IntegerTest integerTest(Leaf leaf) {
    if (leaf instanceof IntegerIn in) {
      boolean nothing = in.values().size() == 0 && !in.hasNull();
      return new IntegerTest(
          in.mask(),
          in.values()::contains,
          nothing ? Node.FALSE : Node.UNKNOWN,
          in.hasNull() ? Node.UNKNOWN : Node.FALSE);
    }
    if (leaf instanceof IntegerCompare compare) {
      boolean nullSafe = compare.operator() == Operator.NULL_SAFE_EQUAL;
      if (compare.value() != null) {
        LongPredicate holds = holds(compare.operator(), compare.value());
        return new IntegerTest(
            compare.mask(), holds, nullSafe ? Node.FALSE : Node.UNKNOWN, Node.FALSE);
      }
      if (!nullSafe) {
        return new IntegerTest(-1, value -> false, Node.UNKNOWN, Node.UNKNOWN);
      }
    }
    return INTEGER_IS_NULL;
  }

  private static LongPredicate holds(Operator operator, long than) {
    return switch (operator) {
      case EQUAL, NULL_SAFE_EQUAL -> value -> value == than;
      case LESS -> value -> value < than;
      case LESS_OR_EQUAL -> value -> value <= than;
      case GREATER -> value -> value > than;
      case GREATER_OR_EQUAL -> value -> value >= than;
    };
  }

  /** The test of a leaf on a text field. */
  static TextTest textTest(Leaf leaf) {
    if (leaf instanceof TextCompare compare) {
      return TextTest.of(compare);
    }
    if (leaf instanceof TextIn in) {
      return TextTest.of(in);
    }
    return leaf instanceof StartsWith starts ? TextTest.of(starts) : TextTest.IS_NULL;
  }
}
