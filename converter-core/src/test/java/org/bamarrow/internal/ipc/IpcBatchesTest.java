package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.FixedSizeBinaryVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeMilliVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.LargeListViewVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.io.ArrowFormatException;
import org.bamarrow.io.BytesSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What other writers make of the Arrow format, read as plain types. */
class IpcBatchesTest {
  private static final ArrowType UTF8 = ArrowType.Utf8.INSTANCE;

  private final RootAllocator allocator = new RootAllocator();
  private final List<FieldVector> made = new ArrayList<>();

  @AfterEach
  void everythingIsFreed() {
    made.forEach(FieldVector::close);
    allocator.close(); // throws where something is left
  }

  private <T extends FieldVector> T make(Field field, Class<T> type) {
    FieldVector vector = field.createVector(allocator);
    vector.allocateNew();
    made.add(vector);
    return type.cast(vector);
  }

  private static Field field(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.nullable(type), List.of(children));
  }

  private static Field coded(String name, long id, ArrowType.Int index, Field values) {
    DictionaryEncoding encoding = new DictionaryEncoding(id, false, index);
    return new Field(name, new FieldType(true, values.getType(), encoding), values.getChildren());
  }

  private FieldVector texts(String name, ArrowType type, String... values) {
    FieldVector vector = make(field(name, type), FieldVector.class);
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        byte[] bytes = values[i].getBytes(StandardCharsets.UTF_8);
        ((VariableWidthFieldVector) vector).setSafe(i, bytes);
      }
    }
    vector.setValueCount(values.length);
    return vector;
  }

  private IntVector ints(Integer... values) {
    IntVector vector = make(field("i", new ArrowType.Int(32, true)), IntVector.class);
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        vector.setSafe(i, values[i]);
      }
    }
    vector.setValueCount(values.length);
    return vector;
  }

  private List<String> read(byte[] bytes, String... columns) throws IOException {
    List<String> rows = new ArrayList<>();
    try (RootAllocator reading = new RootAllocator(1L << 28);
        IpcBatches batches = IpcBatches.open(new BytesSource("x.arrow", bytes))) {
      if (columns.length == 0) {
        batches.selectAll(reading);
      } else {
        batches.select(List.of(columns), 0, Long.MAX_VALUE, reading);
      }
      VectorSchemaRoot root = batches.root();
      while (batches.next()) {
        for (int row = 0; row < root.getRowCount(); row++) {
          List<String> values = new ArrayList<>();
          for (FieldVector vector : root.getFieldVectors()) {
            values.add(String.valueOf(vector.getObject(row)));
          }
          rows.add(String.join("|", values));
        }
      }
    }
    return rows;
  }

  private String error(byte[] bytes) {
    return assertThrows(IOException.class, () -> read(bytes)).getMessage();
  }

  @Test
  void dictionariesGrowByDeltasAndAreReplacedInStreams() throws IOException {
    Schema schema =
        new Schema(List.of(coded("c", 7, new ArrowType.Int(32, true), field("c", UTF8))));
    HandMadeIpc stream =
        new HandMadeIpc(schema, false)
            .dictionary(7, false, texts("c", UTF8, "a", "b"))
            .batch(ints(0, 1, null))
            .dictionary(7, true, texts("c", UTF8, "c", null))
            .batch(ints(2, 0, 3))
            .dictionary(7, false, texts("c", UTF8, "x"))
            .batch(ints(0));
    assertEquals(List.of("a", "b", "null", "c", "a", "null", "x"), read(stream.bytes()));
  }

  @Test
  void dictionariesOfFilesGrowByDeltasAndAreNotReplaced() throws IOException {
    Schema schema =
        new Schema(List.of(coded("c", 7, new ArrowType.Int(32, true), field("c", UTF8))));
    HandMadeIpc grown =
        new HandMadeIpc(schema, true)
            .dictionary(7, false, texts("c", UTF8, "a", "b"))
            .batch(ints(0, 1, 2))
            .dictionary(7, true, texts("c", UTF8, "c"));
    assertEquals(List.of("a", "b", "c"), read(grown.bytes()));
    HandMadeIpc replaced =
        new HandMadeIpc(schema, true)
            .dictionary(7, false, texts("c", UTF8, "a"))
            .dictionary(7, false, texts("c", UTF8, "b"))
            .batch(ints(0));
    assertTrue(error(replaced.bytes()).contains("it replaces dictionary 7"));
    HandMadeIpc missing = new HandMadeIpc(schema, false).batch(ints(0));
    assertTrue(error(missing.bytes()).contains("dictionary 7 of column c is missing"));
    HandMadeIpc outside =
        new HandMadeIpc(schema, false).dictionary(7, false, texts("c", UTF8, "a")).batch(ints(1));
    assertTrue(error(outside.bytes()).contains("value 1 of its dictionary, which has 1 values"));
  }

  @Test
  void indicesOfEveryWidthCount() throws IOException {
    List<Field> fields = new ArrayList<>();
    List<FieldVector> columns = new ArrayList<>();
    for (int bits = 8; bits <= 64; bits *= 2) {
      for (boolean signed : new boolean[] {true, false}) {
        ArrowType.Int type = new ArrowType.Int(bits, signed);
        fields.add(coded(type.toString(), 1, type, field("v", UTF8)));
        FieldVector indices = make(field("i", type), FieldVector.class);
        for (int i = 0; i < 3; i++) {
          ((org.apache.arrow.vector.BaseIntVector) indices).setWithPossibleTruncate(i, 2 - i);
        }
        indices.setValueCount(3);
        columns.add(indices);
      }
    }
    byte[] bytes =
        new HandMadeIpc(new Schema(fields), true)
            .dictionary(1, false, texts("v", UTF8, "a", "b", "c"))
            .batch(columns.toArray(FieldVector[]::new))
            .bytes();
    List<String> expected = new ArrayList<>();
    for (String value : List.of("c", "b", "a")) {
      expected.add(String.join("|", java.util.Collections.nCopies(8, value)));
    }
    assertEquals(expected, read(bytes));
  }

  @Test
  void dictionariesMayStandInListsStructsAndOtherDictionaries() throws IOException {
    ArrowType.Int index = new ArrowType.Int(32, true);
    Field text = coded("t", 1, index, field("t", UTF8));
    Field list = field("list", ArrowType.List.INSTANCE, text);
    Field struct = field("struct", ArrowType.Struct.INSTANCE, text);
    Field nested = coded("nested", 2, index, field("n", ArrowType.List.INSTANCE, text));
    ListVector lists = make(Layout.stored(list), ListVector.class);
    StructVector structs = make(Layout.stored(struct), StructVector.class);
    for (int row = 0; row < 3; row++) {
      structs.setIndexDefined(row);
      ((IntVector) structs.getChildrenFromFields().get(0)).setSafe(row, row % 2);
      int at = lists.startNewValue(row);
      for (int i = 0; i < row; i++) {
        ((IntVector) lists.getDataVector()).setSafe(at + i, i);
      }
      lists.endValue(row, row);
    }
    lists.setValueCount(3);
    structs.setValueCount(3);
    byte[] bytes =
        new HandMadeIpc(new Schema(List.of(list, struct, nested)), true)
            .dictionary(1, false, texts("t", UTF8, "a", "b"))
            .dictionary(2, false, lists)
            .batch(lists, structs, ints(2, null, 1))
            .bytes();
    assertEquals(
        List.of(
            "[]|{\"t\":\"a\"}|[\"a\",\"b\"]",
            "[\"a\"]|{\"t\":\"b\"}|null",
            "[\"a\",\"b\"]|{\"t\":\"a\"}|[\"a\"]"),
        read(bytes));
    assertEquals(List.of("{\"t\":\"a\"}"), read(bytes, "struct").subList(0, 1));
  }

  private List<FieldVector> wideTypes() {
    UInt1Vector u1 = make(field("u1", new ArrowType.Int(8, false)), UInt1Vector.class);
    UInt2Vector u2 = make(field("u2", new ArrowType.Int(16, false)), UInt2Vector.class);
    UInt4Vector u4 = make(field("u4", new ArrowType.Int(32, false)), UInt4Vector.class);
    UInt8Vector u8 = make(field("u8", new ArrowType.Int(64, false)), UInt8Vector.class);
    Float2Vector half =
        make(
            field("half", new ArrowType.FloatingPoint(FloatingPointPrecision.HALF)),
            Float2Vector.class);
    Decimal256Vector decimal =
        make(field("dec", new ArrowType.Decimal(10, 2, 256)), Decimal256Vector.class);
    DateMilliVector date =
        make(field("date", new ArrowType.Date(DateUnit.MILLISECOND)), DateMilliVector.class);
    TimeMilliVector time =
        make(field("time", new ArrowType.Time(TimeUnit.MILLISECOND, 32)), TimeMilliVector.class);
    TimeStampVector seconds =
        make(field("s", new ArrowType.Timestamp(TimeUnit.SECOND, null)), TimeStampVector.class);
    TimeStampVector nanos =
        make(
            field("ns", new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC")),
            TimeStampVector.class);
    DurationVector duration =
        make(field("dur", new ArrowType.Duration(TimeUnit.MILLISECOND)), DurationVector.class);
    FixedSizeBinaryVector fixed =
        make(field("fix", new ArrowType.FixedSizeBinary(3)), FixedSizeBinaryVector.class);
    u1.setSafe(0, -1);
    u2.setSafe(0, -1);
    u4.setSafe(0, -1);
    u8.setSafe(0, -1);
    half.setSafeWithPossibleTruncate(0, 1.5f);
    decimal.setSafe(0, new BigDecimal("-12.34"));
    date.setSafe(0, 2 * 86_400_000L);
    time.setSafe(0, 5);
    seconds.setSafe(0, 3);
    nanos.setSafe(0, -4000);
    duration.setSafe(0, 6);
    fixed.setSafe(0, new byte[] {1, 2, 3});
    List<FieldVector> all =
        new ArrayList<>(
            List.of(u1, u2, u4, u8, half, decimal, date, time, seconds, nanos, duration, fixed));
    all.forEach(vector -> vector.setValueCount(2));
    all.add(texts("view", ArrowType.Utf8View.INSTANCE, "short", "longer than twelve bytes"));
    all.add(texts("bytes", ArrowType.BinaryView.INSTANCE, null, "longer than twelve bytes"));
    return all;
  }

  private static Schema schema(List<FieldVector> columns) {
    return new Schema(columns.stream().map(FieldVector::getField).toList());
  }

  @Test
  void typesThatArePlainNowhereAreWidened() throws IOException {
    List<FieldVector> columns = wideTypes();
    byte[] bytes =
        new HandMadeIpc(schema(columns), true).batch(columns.toArray(FieldVector[]::new)).bytes();
    List<String> rows = read(bytes);
    assertEquals(
        "255|65535|4294967295|18446744073709551615|1.5|-12.34|2|5000000|1970-01-01T00:00:03|-4|"
            + "PT0.006S",
        rows.get(0).substring(0, rows.get(0).indexOf("|[B@")));
    assertTrue(rows.get(0).endsWith("|short|null"), rows.get(0));
    assertTrue(rows.get(1).startsWith("null|null|null|null|null|"), rows.get(1));
    assertTrue(rows.get(1).contains("|longer than twelve bytes|[B@"), rows.get(1));
  }

  @Test
  void nothingIsRounded() throws IOException {
    TimeStampVector nanos =
        make(
            field("ns", new ArrowType.Timestamp(TimeUnit.NANOSECOND, null)), TimeStampVector.class);
    nanos.setSafe(0, 1001);
    nanos.setValueCount(1);
    String said = error(new HandMadeIpc(schema(List.of(nanos)), false).batch(nanos).bytes());
    assertTrue(said.contains("row 0, column ns: 1001 ns is not a whole number of micro"), said);
  }

  @Test
  void listsOfEveryKindAreLists() throws IOException {
    Field item = field("item", new ArrowType.Int(32, true));
    LargeListVector large =
        make(field("large", ArrowType.LargeList.INSTANCE, item), LargeListVector.class);
    FixedSizeListVector fixed =
        make(field("fixed", new ArrowType.FixedSizeList(2), item), FixedSizeListVector.class);
    ListViewVector view =
        make(field("view", ArrowType.ListView.INSTANCE, item), ListViewVector.class);
    LargeListViewVector largeView =
        make(field("lview", ArrowType.LargeListView.INSTANCE, item), LargeListViewVector.class);
    for (FieldVector list : List.of(large, fixed, view, largeView)) {
      IntVector items = (IntVector) list.getChildrenFromFields().get(0);
      for (int i = 0; i < 4; i++) {
        items.setSafe(i, i);
      }
      items.setValueCount(4);
    }
    for (int row = 0; row < 2; row++) {
      large.startNewValue(row);
      large.endValue(row, 2);
      fixed.setNotNull(row);
      view.setOffset(row, 2 - 2 * row);
      view.setSize(row, 2);
      view.setValidity(row, 1);
      largeView.setOffset(row, 2 - 2 * row);
      largeView.setSize(row, 2);
      largeView.setValidity(row, 1);
    }
    List<FieldVector> columns = List.of(large, fixed, view, largeView);
    columns.forEach(vector -> vector.setValueCount(2));
    byte[] bytes =
        new HandMadeIpc(schema(columns), true).batch(columns.toArray(FieldVector[]::new)).bytes();
    assertEquals(List.of("[0,1]|[0,1]|[2,3]|[2,3]", "[2,3]|[2,3]|[0,1]|[0,1]"), read(bytes));
  }

  @Test
  void runsAreRowsAgain() throws IOException {
    Field ends = new Field("run_ends", FieldType.notNullable(new ArrowType.Int(32, true)), null);
    Field runs =
        new Field(
            "r",
            FieldType.notNullable(ArrowType.RunEndEncoded.INSTANCE),
            List.of(ends, field("values", UTF8)));
    RunEndEncodedVector vector = make(runs, RunEndEncodedVector.class);
    IntVector runEnds = (IntVector) vector.getRunEndsVector();
    VarCharVector values = (VarCharVector) vector.getValuesVector();
    runEnds.setSafe(0, 2);
    runEnds.setSafe(1, 3);
    values.setSafe(0, "a".getBytes(StandardCharsets.UTF_8));
    runEnds.setValueCount(2);
    values.setValueCount(2);
    vector.setValueCount(3);
    byte[] bytes = new HandMadeIpc(new Schema(List.of(runs)), true).batch(vector).bytes();
    assertEquals(List.of("a", "a", "null"), read(bytes));
  }

  @Test
  void aDictionaryOfALongTextDoesNotGrowWithItsRows() throws IOException {
    Schema schema =
        new Schema(List.of(coded("c", 7, new ArrowType.Int(32, true), field("c", UTF8))));
    Integer[] rows = new Integer[400]; // of 1 MiB each
    Arrays.fill(rows, 0);
    byte[] bytes =
        new HandMadeIpc(schema, false)
            .dictionary(7, false, texts("c", UTF8, "x".repeat(1 << 20)))
            .batch(ints(rows))
            .bytes();
    try (RootAllocator reading = new RootAllocator(1L << 28);
        IpcBatches batches = IpcBatches.open(new BytesSource("x.arrow", bytes))) {
      batches.selectAll(reading);
      int count = 0;
      while (batches.next()) {
        count += batches.root().getRowCount();
      }
      assertEquals(rows.length, count);
      assertTrue(reading.getPeakMemoryAllocation() < 1L << 28);
    }
  }

  @Test
  void unionsAreRefusedByNameAndTheColumnsBesideThemAreRead() throws IOException {
    Field union =
        new Field(
            "u",
            FieldType.nullable(new ArrowType.Union(UnionMode.Sparse, new int[] {0})),
            List.of(field("a", new ArrowType.Int(32, true))));
    FieldVector unions = make(union, FieldVector.class);
    unions.setValueCount(2);
    BigIntVector numbers = make(field("n", new ArrowType.Int(64, true)), BigIntVector.class);
    numbers.setSafe(0, 5);
    numbers.setValueCount(2);
    byte[] bytes =
        new HandMadeIpc(schema(List.of(unions, numbers)), false).batch(unions, numbers).bytes();
    assertTrue(error(bytes).contains("column u is of type Union"), error(bytes));
    assertEquals(List.of("5", "null"), read(bytes, "n"));
  }

  @Test
  void whatFollowsAnEndMarkIsNotLostWithoutAWord() throws IOException {
    IntVector numbers = ints(1, 2);
    byte[] one = new HandMadeIpc(schema(List.of(numbers)), false).batch(numbers).bytes();
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    IOException e = assertThrows(ArrowFormatException.class, () -> read(two));
    assertTrue(e.getMessage().contains("was it made with cat?"), e.getMessage());
  }
}
