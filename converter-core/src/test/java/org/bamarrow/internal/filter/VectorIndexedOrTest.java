package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.TextCompare;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many of many conditions on places are evaluated on a batch. */
class VectorIndexedOrTest {
  private static final int ROWS = 200;
  private static final int TERMS = 10_000;

  private final BufferAllocator allocator = new RootAllocator();
  private final VarCharVector rname = new VarCharVector("rname", allocator);
  private final IntVector pos = new IntVector("pos", allocator);
  private final IntVector end = new IntVector("end", allocator);
  private VectorSchemaRoot batch;
  private int evaluated;

  /** On one reference, at 500,000, 500,100, ..., ten bases each. */
  @BeforeEach
  void sortedRows() {
    for (int row = 0; row < ROWS; row++) {
      rname.setSafe(row, "chr1".getBytes(StandardCharsets.UTF_8));
      pos.setSafe(row, 500_000 + 100 * row);
      end.setSafe(row, 500_009 + 100 * row);
    }
    for (FieldVector vector : List.of(rname, pos, end)) {
      vector.setValueCount(ROWS);
    }
    batch = VectorSchemaRoot.of(rname, pos, end);
    batch.setRowCount(ROWS);
  }

  @AfterEach
  void close() {
    batch.close();
    allocator.close();
  }

  private static RawPredicate overlaps(String name, int first, int last) {
    return new And(
        new TextCompare(RawField.of(Column.RNAME), Operator.EQUAL, name),
        new IntegerCompare(RawField.of(Column.POS), Operator.LESS_OR_EQUAL, last),
        new IntegerCompare(RawField.of(Column.END), Operator.GREATER_OR_EQUAL, first));
  }

  private int kept(IntFunction<RawPredicate> term) {
    VectorCompiler compiler = new VectorCompiler();
    List<RawPredicate> predicates = new ArrayList<>();
    List<VectorNode> nodes = new ArrayList<>();
    for (int i = 0; i < TERMS; i++) {
      predicates.add(term.apply(i));
      nodes.add(new Counted(compiler.compile(predicates.get(i), true)));
    }
    VectorNode any = new VectorIndexedOr(predicates, nodes, compiler, false);
    RowSelection rows = new RowSelection();
    rows.setAll(ROWS);
    compiler.bind(batch.getFieldVectors());
    evaluated = 0;
    any.retain(rows);
    return rows.size();
  }

  @Test
  void onlyConditionsOnThePlacesOfTheBatchAreEvaluated() {
    // every 1,000 bases up to 10,000,000; the rows cover 500,000 to 519,909
    assertEquals(20, kept(i -> overlaps("chr1", 1000 * i, 1000 * i + 50)));
    assertEquals(20, evaluated);
    assertEquals(0, kept(i -> overlaps("chr2", 1000 * i, 1000 * i + 50)));
    assertEquals(0, evaluated);
  }

  @Test
  void rowsWithoutReferenceOrPositionAreAtPlacesOfTheirOwn() {
    rname.setNull(10);
    pos.setNull(20);
    end.setNull(20);
    assertEquals(18, kept(i -> overlaps("chr1", 1000 * i, 1000 * i + 50)));
    assertEquals(520, evaluated, "from position 0 on");
  }

  @Test
  void afterTheLastRowIsKeptNothingIsEvaluated() {
    assertEquals(ROWS, kept(i -> overlaps("chr1", 1, 1_000_000)));
    assertEquals(1, evaluated);
  }

  @Test
  void rowsThatEndBeforeTheyStartAreTestedWithAllConditions() {
    end.set(7, 1);
    assertEquals(20, kept(i -> overlaps("chr1", 1000 * i, 1000 * i + 50)));
    assertEquals(TERMS, evaluated);
  }

  @Test
  void aBatchOfManyReferencesIsTestedWithAllConditions() {
    for (int row = 0; row < ROWS; row++) {
      rname.setSafe(row, ("chr" + row).getBytes(StandardCharsets.UTF_8));
    }
    assertEquals(1, kept(i -> overlaps("chr10", 1000 * i, 1000 * i + 50)));
    assertEquals(TERMS, evaluated);
  }

  private final class Counted extends VectorNode {
    private final VectorNode node;

    Counted(VectorNode node) {
      this.node = node;
    }

    @Override
    void retain(RowSelection rows) {
      evaluated++;
      node.retain(rows);
    }

    @Override
    int cost() {
      return node.cost();
    }
  }
}
