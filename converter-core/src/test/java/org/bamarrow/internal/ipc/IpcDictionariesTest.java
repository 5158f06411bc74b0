package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.internal.base.ArrowLayout;
import org.bamarrow.io.BytesSource;
import org.junit.jupiter.api.Test;

/** Dictionaries of other writers, read as the values that they stand for. */
class IpcDictionariesTest extends HandMadeColumns {
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
  void readersOfLocatedBatchesHaveTheDictionariesBeforeEach() throws IOException {
    Schema schema =
        new Schema(List.of(coded("c", 7, new ArrowType.Int(32, true), field("c", UTF8))));
    byte[] bytes =
        new HandMadeIpc(schema, false)
            .dictionary(7, false, texts("c", UTF8, "a", "b"))
            .batch(ints(0, 1))
            .dictionary(7, true, texts("c", UTF8, "c"))
            .batch(ints(2, 0))
            .dictionary(7, false, texts("c", UTF8, "x"))
            .batch(ints(0))
            .batch(ints(0, 0))
            .bytes();
    List<String> rows = new ArrayList<>();
    try (RootAllocator memory = new RootAllocator();
        IpcBatches batches = IpcBatches.open(new BytesSource("x.arrow", bytes));
        IpcBatches one = batches.another();
        IpcBatches two = batches.another()) {
      for (IpcBatches each : List.of(batches, one, two)) {
        each.selectAll(memory);
      }
      List<BatchPlace> places = new ArrayList<>();
      for (BatchPlace at = batches.locate(); at != null; at = batches.locate()) {
        places.add(at);
      }
      for (int i = 0; i < places.size(); i++) {
        IpcBatches reader = i == 1 ? two : one;
        reader.load(places.get(i));
        while (reader.next()) {
          for (int row = 0; row < reader.root().getRowCount(); row++) {
            rows.add(String.valueOf(reader.root().getVector(0).getObject(row)));
          }
        }
      }
    }
    assertEquals(List.of("a", "b", "c", "a", "x", "x", "x"), rows);
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
    assertTrue(error(replaced.bytes()).contains("replacement of dictionary 7"));
    HandMadeIpc missing = new HandMadeIpc(schema, false).batch(ints(0));
    assertTrue(error(missing.bytes()).contains("dictionary 7 of column c is missing"));
    HandMadeIpc outside =
        new HandMadeIpc(schema, false).dictionary(7, false, texts("c", UTF8, "a")).batch(ints(1));
    assertTrue(error(outside.bytes()).contains("dictionary index 1 is out of range"));
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
  void dictionariesMayBeNestedInListsStructsAndDictionaries() throws IOException {
    ArrowType.Int index = new ArrowType.Int(32, true);
    Field text = coded("t", 1, index, field("t", UTF8));
    Field list = field("list", ArrowType.List.INSTANCE, text);
    Field struct = field("struct", ArrowType.Struct.INSTANCE, text);
    Field nested = coded("nested", 2, index, field("n", ArrowType.List.INSTANCE, text));
    ListVector lists = make(ArrowLayout.stored(list), ListVector.class);
    StructVector structs = make(ArrowLayout.stored(struct), StructVector.class);
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
}
