package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.io.BytesSource;
import org.junit.jupiter.api.AfterEach;

/** Columns made by hand, and Arrow data of them read as rows of text. */
abstract class HandMadeColumns {
  static final ArrowType UTF8 = ArrowType.Utf8.INSTANCE;

  final RootAllocator allocator = new RootAllocator();
  final List<FieldVector> made = new ArrayList<>();

  @AfterEach
  void everythingIsFreed() {
    made.forEach(FieldVector::close);
    allocator.close(); // throws where something is left
  }

  <T extends FieldVector> T make(Field field, Class<T> type) {
    FieldVector vector = field.createVector(allocator);
    vector.allocateNew();
    made.add(vector);
    return type.cast(vector);
  }

  static Field field(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.nullable(type), List.of(children));
  }

  static Field coded(String name, long id, ArrowType.Int index, Field values) {
    DictionaryEncoding encoding = new DictionaryEncoding(id, false, index);
    return new Field(name, new FieldType(true, values.getType(), encoding), values.getChildren());
  }

  FieldVector texts(String name, ArrowType type, String... values) {
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

  IntVector ints(Integer... values) {
    IntVector vector = make(field("i", new ArrowType.Int(32, true)), IntVector.class);
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        vector.setSafe(i, values[i]);
      }
    }
    vector.setValueCount(values.length);
    return vector;
  }

  List<String> read(byte[] bytes, String... columns) throws IOException {
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

  String error(byte[] bytes) {
    return assertThrows(IOException.class, () -> read(bytes)).getMessage();
  }

  static Schema schema(List<FieldVector> columns) {
    return new Schema(columns.stream().map(FieldVector::getField).toList());
  }
}
