package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.FloatCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IsNull;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;
import org.bamarrow.internal.filter.RawPredicate.StartsWith;
import org.bamarrow.internal.filter.RawPredicate.TextCompare;
import org.bamarrow.internal.filter.RawPredicate.TextIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Predicates on batches that no BAM gives: of other writers, without columns, of odd sizes. */
class VectorPredicateTest {
  private static final RawField FLAG = RawField.of(Column.FLAG);
  private static final RawField QNAME = RawField.of(Column.QNAME);
  private static final RawField NM = RawField.of(TagType.parse("NM:i"));
  private static final RawField XF = RawField.of(TagType.parse("XF:f"));
  private static final RawField CB = RawField.of(TagType.parse("CB:Z"));

  private final BufferAllocator allocator = new RootAllocator();
  private VectorSchemaRoot batch;

  @AfterEach
  void close() {
    batch.close();
    allocator.close();
  }

  private void batch(int rows, FieldVector... vectors) {
    for (FieldVector vector : vectors) {
      vector.setValueCount(rows);
    }
    batch = VectorSchemaRoot.of(vectors);
    batch.setRowCount(rows);
  }

  private int[] rows(RawPredicate predicate) {
    RowSelection rows =
        VectorPredicate.compile(predicate, batch.getSchema().getFields()).select(batch);
    int[] found = new int[rows.size()];
    int row = -1;
    for (int i = 0; i < found.length; i++) {
      row = rows.next(row + 1);
      found[i] = row;
    }
    assertEquals(-1, rows.next(row + 1));
    assertEquals(found.length == 0, rows.isEmpty());
    return found;
  }

  @Test
  void batchesOfEverySizeAreSelectedWhole() {
    for (int size : new int[] {0, 1, 63, 64, 65, 128, 1000}) {
      IntVector flag = new IntVector("flag", allocator);
      flag.allocateNew(size);
      for (int row = 0; row < size; row++) {
        flag.set(row, row);
      }
      batch(size, flag);
      assertArrayEquals(IntStream.range(0, size).toArray(), rows(RawPredicate.TRUE));
      assertArrayEquals(new int[0], rows(RawPredicate.FALSE));
      assertArrayEquals(
          IntStream.range(0, size).filter(row -> row % 4 == 3).toArray(),
          rows(new IntegerCompare(FLAG, 3, Operator.EQUAL, 3L)));
      batch.close();
    }
    batch(0);
  }

  @Test
  void aSelectionIsOfTheLastBatchOnly() {
    IntVector flag = new IntVector("flag", allocator);
    flag.allocateNew(100);
    for (int row = 0; row < 100; row++) {
      flag.set(row, 7);
    }
    batch(100, flag);
    VectorPredicate predicate =
        VectorPredicate.compile(
            new IntegerCompare(FLAG, Operator.EQUAL, 7), batch.getSchema().getFields());
    assertEquals(100, predicate.select(batch).size());
    batch.setRowCount(10);
    assertEquals(10, predicate.select(batch).size());
    flag.set(3, 8);
    assertEquals(9, predicate.select(batch).size());
    assertEquals(4, predicate.select(batch).next(3));
    assertEquals(-1, predicate.select(batch).next(10));
    assertEquals(-1, predicate.select(batch).next(1000));
  }

  @Test
  void manyPlacesWithoutANameSelectRowsOfAllReferences() {
    int rows = 300;
    VarCharVector rname = new VarCharVector("rname", allocator);
    IntVector pos = new IntVector("pos", allocator);
    IntVector end = new IntVector("end", allocator);
    rname.allocateNew(rows);
    pos.allocateNew(rows);
    end.allocateNew(rows);
    for (int i = 0; i < rows; i++) {
      rname.setSafe(i, ("chr" + i / 100).getBytes(StandardCharsets.UTF_8));
      pos.set(i, 10 * (i % 100));
      end.set(i, 10 * (i % 100) + 14);
    }
    pos.setNull(7);
    batch(rows, rname, pos, end);
    List<RawPredicate> places =
        IntStream.range(0, 12)
            .<RawPredicate>mapToObj(
                i ->
                    new And(
                        new IntegerCompare(
                            RawField.of(Column.POS), Operator.LESS_OR_EQUAL, 50L * i + 20),
                        new IntegerCompare(
                            RawField.of(Column.END), Operator.GREATER_OR_EQUAL, 50L * i + 16)))
            .toList();
    int[] expected =
        IntStream.range(0, rows)
            .filter(row -> row != 7)
            .filter(
                row ->
                    IntStream.range(0, 12)
                        .anyMatch(i -> pos.get(row) <= 50 * i + 20 && end.get(row) >= 50 * i + 16))
            .toArray();
    assertTrue(expected.length > 60 && expected.length < 200);
    assertArrayEquals(expected, rows(new Or(places)));
  }

  @Test
  void integersOfAllWidthsAreCompared() {
    TinyIntVector bytes = new TinyIntVector("flag", allocator);
    SmallIntVector shorts = new SmallIntVector("mapq", allocator);
    BigIntVector longs = new BigIntVector("tlen", allocator);
    for (int row = 0; row < 3; row++) {
      bytes.setSafe(row, -row);
      shorts.setSafe(row, -1000 * row);
      longs.setSafe(row, row == 1 ? Long.MIN_VALUE : row);
    }
    longs.setNull(2);
    batch(3, bytes, shorts, longs);
    assertArrayEquals(new int[] {1, 2}, rows(new IntegerCompare(FLAG, Operator.LESS, 0)));
    RawField mapq = RawField.of(Column.MAPQ);
    assertArrayEquals(new int[] {2}, rows(new IntegerCompare(mapq, Operator.EQUAL, -2000)));
    RawField tlen = RawField.of(Column.TLEN);
    RawPredicate least = new IntegerCompare(tlen, Operator.EQUAL, Long.MIN_VALUE);
    assertArrayEquals(new int[] {1}, rows(least));
    assertArrayEquals(new int[] {0}, rows(new Not(least)));
    assertArrayEquals(new int[] {2}, rows(new IsNull(tlen)));
  }

  @Test
  void floatsAreComparedWithNanAsTheLargest() {
    float[] values = {Float.NaN, -0.0f, 0.0f, Float.POSITIVE_INFINITY, 1.5f};
    StructVector tags = StructVector.empty("tags", allocator);
    Float8Vector wide =
        tags.addOrGet("XG", FieldType.nullable(MinorType.FLOAT8.getType()), Float8Vector.class);
    Float4Vector child =
        tags.addOrGet("XF", FieldType.nullable(MinorType.FLOAT4.getType()), Float4Vector.class);
    for (int row = 0; row < values.length; row++) {
      child.setSafe(row, values[row]);
      wide.setSafe(row, values[row]);
      tags.setIndexDefined(row);
    }
    tags.setIndexDefined(5);
    batch(6, tags);
    for (RawField field : List.of(XF, RawField.of(TagType.parse("XG:f")))) {
      assertArrayEquals(new int[] {0}, rows(new FloatCompare(field, Operator.EQUAL, Double.NaN)));
      assertArrayEquals(new int[] {1, 2}, rows(new FloatCompare(field, Operator.EQUAL, 0.0)));
      assertArrayEquals(new int[] {0, 3, 4}, rows(new FloatCompare(field, Operator.GREATER, 0.0)));
      assertArrayEquals(
          new int[] {5}, rows(new FloatCompare(field, Operator.NULL_SAFE_EQUAL, null)));
      assertArrayEquals(
          new int[] {0, 1, 2, 3, 4},
          rows(new Not(new FloatCompare(field, Operator.NULL_SAFE_EQUAL, null))));
      assertArrayEquals(new int[0], rows(new FloatCompare(field, Operator.EQUAL, null)));
      assertArrayEquals(new int[0], rows(new Not(new FloatCompare(field, Operator.EQUAL, null))));
    }
  }

  @Test
  void aFieldOfANullStructIsNull() {
    StructVector tags = StructVector.empty("tags", allocator);
    BigIntVector nm =
        tags.addOrGet("NM", FieldType.nullable(MinorType.BIGINT.getType()), BigIntVector.class);
    for (int row = 0; row < 4; row++) {
      nm.setSafe(row, 5);
      tags.setIndexDefined(row);
    }
    nm.setNull(1);
    tags.setNull(2);
    batch(4, tags);
    assertArrayEquals(new int[] {0, 3}, rows(new IntegerCompare(NM, Operator.EQUAL, 5)));
    assertArrayEquals(new int[] {1, 2}, rows(new IsNull(NM)));
    assertEquals(
        List.of("tags"),
        VectorPredicate.compile(new IsNull(NM), batch.getSchema().getFields()).columns());
  }

  @Test
  void columnsThatTheBatchesLackAreNull() {
    VarCharVector qname = new VarCharVector("qname", allocator);
    NullVector flag = new NullVector("flag");
    qname.setSafe(0, "a".getBytes(StandardCharsets.UTF_8));
    batch(2, qname, flag);
    RawPredicate predicate =
        new Or(
            new And(new IsNull(NM), new IsNull(CB), new StartsWith(QNAME, "a")),
            new IntegerCompare(NM, Operator.GREATER, 0),
            new TextCompare(CB, Operator.EQUAL, "x"),
            new IntegerCompare(FLAG, Operator.EQUAL, 0));
    assertArrayEquals(new int[] {0}, rows(predicate));
    assertArrayEquals(new int[0], rows(new Not(predicate)));
    VectorPredicate compiled = VectorPredicate.compile(predicate, batch.getSchema().getFields());
    assertEquals(List.of("qname", "flag"), compiled.columns());
    VectorPredicate constant =
        VectorPredicate.compile(RawPredicate.TRUE, batch.getSchema().getFields());
    assertEquals(List.of(), constant.columns());
  }

  @Test
  void textIsComparedByItsBytesInColumnsOfBothSizes() {
    String[] texts = {"", "a", null, "é", "\ud83d\ude00", "\uffee", "b".repeat(40_000), "a"};
    VarCharVector small = new VarCharVector("qname", allocator);
    LargeVarCharVector large = new LargeVarCharVector("rnext", allocator);
    for (int row = 0; row < texts.length; row++) {
      if (texts[row] != null) {
        small.setSafe(row, texts[row].getBytes(StandardCharsets.UTF_8));
        large.setSafe(row, texts[row].getBytes(StandardCharsets.UTF_8));
      }
    }
    batch(texts.length, small, large);
    for (RawField field : List.of(QNAME, RawField.of(Column.RNEXT))) {
      assertArrayEquals(new int[] {1, 7}, rows(new TextCompare(field, Operator.EQUAL, "a")));
      assertArrayEquals(new int[] {4}, rows(new TextCompare(field, Operator.GREATER, "\uffee")));
      assertArrayEquals(new int[] {6}, rows(new StartsWith(field, "bb")));
      TextIn in = new TextIn(field, ByteStringSet.of(List.of("", "é")), false);
      assertArrayEquals(new int[] {0, 3}, rows(in));
      assertArrayEquals(new int[] {1, 4, 5, 6, 7}, rows(new Not(in)));
    }
  }

  @Test
  void aValidityBufferMayEndWithItsLastByte() {
    IntVector flag = new IntVector("flag", allocator);
    try (ArrowBuf validity = allocator.buffer(64);
        ArrowBuf values = allocator.buffer(64)) {
      validity.setZero(0, 64);
      validity.setByte(0, 0b101);
      values.setZero(0, 64);
      flag.loadFieldBuffers(
          new ArrowFieldNode(3, 1),
          List.of(validity.slice(0, 1).writerIndex(1), values.slice(0, 12).writerIndex(12)));
    }
    batch = VectorSchemaRoot.of(flag);
    batch.setRowCount(3);
    assertArrayEquals(new int[] {1}, rows(new IsNull(FLAG)));
    assertArrayEquals(new int[] {0, 2}, rows(new IntegerCompare(FLAG, Operator.EQUAL, 0)));
  }

  @Test
  void aColumnOfAnotherTypeIsAnErrorThatNamesBoth() {
    VarCharVector flag = new VarCharVector("flag", allocator);
    IntVector tags = new IntVector("tags", allocator);
    batch(1, flag, tags);
    RawPredicate onFlag = new IntegerCompare(FLAG, Operator.EQUAL, 0);
    String said = assertThrows(IllegalArgumentException.class, () -> rows(onFlag)).getMessage();
    assertEquals("column flag is of type Utf8, not a signed integer", said);
    said = assertThrows(IllegalArgumentException.class, () -> rows(new IsNull(NM))).getMessage();
    assertTrue(said.contains("tags.NM") && said.contains("not a struct"), said);
  }
}
