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
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.LargeListViewVector;
import org.apache.arrow.vector.complex.ListViewVector;
import org.apache.arrow.vector.complex.RunEndEncodedVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.io.ArrowFormatException;
import org.junit.jupiter.api.Test;

/** What other writers make of the Arrow format, read as plain types. */
class IpcBatchesTest extends HandMadeColumns {
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

  @Test
  void unsupportedTypesAreWidened() throws IOException {
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
  void valuesAreNotRounded() throws IOException {
    TimeStampVector nanos =
        make(
            field("ns", new ArrowType.Timestamp(TimeUnit.NANOSECOND, null)), TimeStampVector.class);
    nanos.setSafe(0, 1001);
    nanos.setValueCount(1);
    String said = error(new HandMadeIpc(schema(List.of(nanos)), false).batch(nanos).bytes());
    assertTrue(said.contains("row 0, column ns: 1001 ns is not a whole number of micro"), said);
  }

  @Test
  void allListTypesBecomeLists() throws IOException {
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
  void runEndEncodedColumnsAreDecoded() throws IOException {
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
  void unionsAreErrorsAndOtherColumnsAreRead() throws IOException {
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
  void dataAfterTheEndOfStreamMarkerIsAnError() throws IOException {
    IntVector numbers = ints(1, 2);
    byte[] one = new HandMadeIpc(schema(List.of(numbers)), false).batch(numbers).bytes();
    byte[] two = Arrays.copyOf(one, 2 * one.length);
    System.arraycopy(one, 0, two, one.length, one.length);
    IOException e = assertThrows(ArrowFormatException.class, () -> read(two));
    assertTrue(e.getMessage().contains("probably made with cat"), e.getMessage());
  }
}
