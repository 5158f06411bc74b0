package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.Test;

class RowCopierTest {
  private static final ArrowType INT8 = new ArrowType.Int(8, true);
  private static final ArrowType INT64 = new ArrowType.Int(64, true);

  private static Field field(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.nullable(type), List.of(children));
  }

  private static final List<Field> FIELDS =
      List.of(
          field("bit", ArrowType.Bool.INSTANCE),
          field("int8", INT8),
          field("text", ArrowType.Utf8.INSTANCE),
          field("large", ArrowType.LargeUtf8.INSTANCE),
          field("null", ArrowType.Null.INSTANCE),
          field(
              "list",
              ArrowType.List.INSTANCE,
              field(
                  "item",
                  ArrowType.Struct.INSTANCE,
                  field("a", INT64),
                  field("b", ArrowType.Utf8.INSTANCE))),
          field("struct", ArrowType.Struct.INSTANCE, field("x", INT64), field("y", INT8)));

  private static void fill(FieldVector vector, int count, Random random) {
    for (int i = 0; i < count; i++) {
      boolean some = random.nextInt(4) > 0;
      byte[] text = "t".repeat(random.nextInt(20)).getBytes();
      if (!some) {
        continue;
      }
      if (vector instanceof BitVector bits) {
        bits.setSafe(i, random.nextInt(2));
      } else if (vector instanceof TinyIntVector numbers) {
        numbers.setSafe(i, random.nextInt(100));
      } else if (vector instanceof BigIntVector numbers) {
        numbers.setSafe(i, random.nextLong());
      } else if (vector instanceof VarCharVector texts) {
        texts.setSafe(i, text);
      } else if (vector instanceof LargeVarCharVector texts) {
        texts.setSafe(i, text);
      } else if (vector instanceof StructVector struct) {
        struct.setIndexDefined(i);
      } else if (vector instanceof ListVector list) {
        list.startNewValue(i);
        list.endValue(i, random.nextInt(4));
      }
    }
    int below =
        vector instanceof ListVector list ? list.getOffsetBuffer().getInt(4L * count) : count;
    if (vector instanceof ListVector list) {
      list.setValueCount(count);
      below = list.getElementEndIndex(Math.max(0, count - 1));
    }
    for (FieldVector child : vector.getChildrenFromFields()) {
      fill(child, below, random);
    }
    vector.setValueCount(count);
  }

  private static void fill(VectorSchemaRoot root, int count, Random random) {
    for (FieldVector vector : root.getFieldVectors()) {
      vector.clear();
      vector.allocateNew();
      fill(vector, count, random);
    }
    root.setRowCount(count);
  }

  private static Map<String, Object> row(VectorSchemaRoot root, int row, List<Field> fields) {
    Map<String, Object> values = new java.util.TreeMap<>();
    for (Field field : fields) {
      Object value = root.getVector(field.getName()).getObject(row);
      values.put(field.getName(), String.valueOf(value));
    }
    return values;
  }

  @Test
  void runsOfRowsOfAnyTypeAreCopied() {
    Random random = new Random(5);
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot from = VectorSchemaRoot.create(new Schema(FIELDS), allocator);
        VectorSchemaRoot to = VectorSchemaRoot.create(new Schema(FIELDS), allocator);
        RowCopier copier = new RowCopier(FIELDS, allocator)) {
      for (int run = 0; run < 20; run++) {
        List<Map<String, Object>> expected = new ArrayList<>();
        for (int batch = 0; batch < 3; batch++) {
          int rows = 1 + random.nextInt(100);
          fill(from, rows, random);
          copier.bind(from.getFieldVectors());
          for (int at = random.nextInt(5); at < rows; at += random.nextInt(9)) {
            int count = Math.min(rows - at, random.nextInt(20));
            copier.append(at, count);
            for (int i = 0; i < count; i++) {
              expected.add(row(from, at + i, FIELDS));
            }
            at += count;
          }
        }
        assertEquals(expected.size(), copier.rows());
        try (ArrowRecordBatch batch = copier.take()) {
          new VectorLoader(to).load(batch);
        }
        List<Map<String, Object>> found = new ArrayList<>();
        for (int i = 0; i < to.getRowCount(); i++) {
          found.add(row(to, i, FIELDS));
        }
        assertEquals(expected, found);
      }
    }
  }

  @Test
  void fieldsOfStructsAreFoundByName() {
    List<Field> some = List.of(field("struct", ArrowType.Struct.INSTANCE, field("y", INT8)));
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot from = VectorSchemaRoot.create(new Schema(FIELDS), allocator);
        VectorSchemaRoot to = VectorSchemaRoot.create(new Schema(some), allocator);
        RowCopier copier = new RowCopier(some, allocator)) {
      fill(from, 50, new Random(1));
      StructVector struct = (StructVector) from.getVector("struct");
      copier.bind(List.of(struct));
      copier.append(0, 50);
      try (ArrowRecordBatch batch = copier.take()) {
        new VectorLoader(to).load(batch);
      }
      for (int i = 0; i < 50; i++) {
        Object wanted = struct.isNull(i) ? null : struct.getChild("y").getObject(i);
        StructVector found = (StructVector) to.getVector("struct");
        assertEquals(struct.isNull(i), found.isNull(i));
        assertEquals(wanted, found.isNull(i) ? null : found.getChild("y").getObject(i));
      }
    }
  }

  @Test
  void aBatchTakesAsManyRowsAsFit() {
    List<Field> text = FIELDS.subList(2, 3);
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot from = VectorSchemaRoot.create(new Schema(text), allocator);
        RowCopier copier = new RowCopier(text, allocator)) {
      VarCharVector texts = (VarCharVector) from.getVector(0);
      for (int i = 0; i < 10; i++) {
        texts.setSafe(i, new byte[96]);
      }
      from.setRowCount(10);
      copier.bind(from.getFieldVectors());
      assertEquals(10, copier.fitting(0, 10, 1000));
      assertEquals(9, copier.fitting(0, 10, 999));
      assertEquals(1, copier.fitting(0, 10, 100));
      assertEquals(1, copier.fitting(0, 10, 10)); // a row is not divided
      copier.append(0, 1);
      assertEquals(0, copier.fitting(1, 9, 10));
      assertEquals(2, copier.fitting(1, 9, 300));
      assertEquals(9, copier.fitting(1, 9, 1000));
    }
  }
}
