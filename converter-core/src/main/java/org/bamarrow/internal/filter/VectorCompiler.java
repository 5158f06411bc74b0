package org.bamarrow.internal.filter;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.Constant;
import org.bamarrow.internal.filter.RawPredicate.FloatCompare;
import org.bamarrow.internal.filter.RawPredicate.IsNull;
import org.bamarrow.internal.filter.RawPredicate.Leaf;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;

/** Compiles predicates for record batches into nodes that share columns; for one thread. */
final class VectorCompiler {
  private final Map<RawField, VectorColumn> ofFields = new LinkedHashMap<>();
  private final List<VectorColumn> columns = new ArrayList<>();
  private VectorOtherTags otherTags;

  /** The top-level columns, of these fields, that the nodes need, each once. */
  List<String> columnsOf(List<Field> fields) {
    return columns.stream()
        .filter(column -> column.isIn(fields))
        .map(column -> column.name)
        .distinct()
        .toList();
  }

  /** The columns of the nodes; fields of structs as {@code tags.NM}. */
  List<String> fields() {
    return columns.stream().map(VectorColumn::toString).distinct().toList();
  }

  /** The columns of the nodes that are not among these; fields of structs as {@code tags.NM}. */
  List<String> missingIn(List<Field> fields) {
    return columns.stream()
        .filter(column -> !column.isIn(fields))
        .map(VectorColumn::toString)
        .distinct()
        .toList();
  }

  /** Moves all columns to a batch. */
  void bind(List<FieldVector> batch) {
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).bind(batch);
    }
  }

  /**
   * @param outcome the node keeps the rows for which the predicate is true, or those for which it
   *     is false
   */
  VectorNode compile(RawPredicate predicate, boolean outcome) {
    if (predicate instanceof Constant constant) {
      return new VectorNode.Fixed(constant.value() != null && constant.value() == outcome);
    }
    if (predicate instanceof Not not) {
      return compile(not.child(), !outcome);
    }
    if (predicate instanceof And and) {
      List<VectorNode> nodes = all(and.children(), outcome);
      return outcome ? new VectorNode.All(nodes) : new VectorNode.Any(nodes);
    }
    if (predicate instanceof Or or) {
      List<VectorNode> nodes = all(or.children(), outcome);
      return outcome ? any(or.children(), nodes) : new VectorNode.All(nodes);
    }
    return leaf((Leaf) predicate, outcome);
  }

  private VectorNode any(List<RawPredicate> children, List<VectorNode> nodes) {
    Map<Column, RawField> fields = new EnumMap<>(Column.class);
    if (nodes.size() >= IndexedOr.MIN_CONDITIONS) {
      children.forEach(child -> addFields(child, fields));
    }
    RawField pos = fields.get(Column.POS);
    return pos == null || !fields.containsKey(Column.END)
        ? new VectorNode.Any(nodes)
        : new VectorIndexedOr(children, nodes, this, pos.zeroBased());
  }

  private static void addFields(RawPredicate predicate, Map<Column, RawField> fields) {
    if (predicate instanceof Leaf leaf) {
      fields.put(leaf.field().column(), leaf.field());
    } else if (predicate instanceof Not not) {
      addFields(not.child(), fields);
    } else if (predicate instanceof And and) {
      and.children().forEach(child -> addFields(child, fields));
    } else if (predicate instanceof Or or) {
      or.children().forEach(child -> addFields(child, fields));
    }
  }

  private List<VectorNode> all(List<RawPredicate> children, boolean outcome) {
    return children.stream().map(child -> compile(child, outcome)).toList();
  }

  private VectorNode leaf(Leaf leaf, boolean outcome) {
    VectorColumn column = column(leaf.field());
    if (leaf instanceof IsNull) {
      return new VectorNode.NullTest(column, outcome);
    }
    int wanted = Node.of(outcome);
    return switch (leaf.field().kind()) {
      case INTEGER ->
          new VectorLeaf.Integers(
              (VectorNumbers.Integers) column, PredicateCompiler.integerTest(leaf), wanted);
      case TEXT ->
          new VectorLeaf.Text((VectorText) column, PredicateCompiler.textTest(leaf), wanted);
      case FLOAT ->
          new VectorLeaf.Floats(
              (VectorNumbers.Floats) column, FloatTest.of((FloatCompare) leaf), wanted);
      case ARRAY -> throw new IllegalStateException("arrays can only be tested for null");
    };
  }

  /** The column of a field, of the class for its kind. */
  VectorColumn column(RawField field) {
    return ofFields.computeIfAbsent(
        field,
        each ->
            add(
                switch (each.kind()) {
                  case INTEGER -> new VectorNumbers.Integers(each);
                  case TEXT -> new VectorText(each);
                  case FLOAT -> new VectorNumbers.Floats(each);
                  case ARRAY -> new VectorColumn(each);
                }));
  }

  /** The column {@code other_tags}. */
  VectorOtherTags otherTags() {
    if (otherTags == null) {
      otherTags = add(new VectorOtherTags());
    }
    return otherTags;
  }

  /** Adds a column. */
  <C extends VectorColumn> C add(C column) {
    columns.add(column);
    return column;
  }
}
