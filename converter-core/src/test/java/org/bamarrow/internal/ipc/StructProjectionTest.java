package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ViewVarCharVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.util.Text;
import org.bamarrow.io.ByteSources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some fields of a struct, beside fields of types with other numbers of buffers. */
class StructProjectionTest {
  private static final int ROWS = 1000;
  private static final FieldType STRUCT = FieldType.nullable(ArrowType.Struct.INSTANCE);
  private static final Field TEXT = Field.nullable("text", ArrowType.Utf8.INSTANCE);
  private static final Field NUMBER = Field.nullable("number", new ArrowType.Int(32, true));
  private static final Field VIEW = Field.nullable("view", ArrowType.Utf8View.INSTANCE);
  private static final Field UNSIGNED = Field.nullable("unsigned", new ArrowType.Int(8, false));
  private static final Field INNER = new Field("inner", STRUCT, List.of(VIEW, NUMBER, TEXT));
  private static final Field WHOLE = struct(VIEW, INNER, UNSIGNED, TEXT);

  @TempDir Path folder;

  private static Field struct(Field... fields) {
    return new Field("s", STRUCT, List.of(fields));
  }

  private static void fill(FieldVector vector) {
    for (int row = 0; row < ROWS; row++) {
      byte[] text = ("a text that is longer than a view " + row).getBytes();
      if (row % 7 == 0) {
        continue;
      } else if (vector instanceof IntVector numbers) {
        numbers.setSafe(row, row);
      } else if (vector instanceof UInt1Vector numbers) {
        numbers.setSafe(row, row & 0xff);
      } else if (vector instanceof VarCharVector texts) {
        texts.setSafe(row, text);
      } else if (vector instanceof ViewVarCharVector texts) {
        texts.setSafe(row, text);
      } else if (vector instanceof StructVector struct) {
        struct.setIndexDefined(row);
      }
    }
    vector.getChildrenFromFields().forEach(StructProjectionTest::fill);
    vector.setValueCount(ROWS);
  }

  private Path file(BufferAllocator memory) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Field after = Field.nullable("after", new ArrowType.Int(32, true));
    try (VectorSchemaRoot root =
            VectorSchemaRoot.create(
                new org.apache.arrow.vector.types.pojo.Schema(List.of(WHOLE, after)), memory);
        ArrowFileWriter writer = new ArrowFileWriter(root, null, Channels.newChannel(bytes))) {
      root.getFieldVectors().forEach(StructProjectionTest::fill);
      root.setRowCount(ROWS);
      writer.writeBatch();
    }
    return Files.write(folder.resolve("in.arrow"), bytes.toByteArray());
  }

  /** Checks the values, and returns how many bytes were read. */
  private long read(Field wanted, Field expected) throws IOException {
    try (BufferAllocator memory = new RootAllocator();
        IpcBatches batches = IpcBatches.open(ByteSources.open(file(memory).toString()))) {
      Field after = batches.schema().findField("after");
      batches.selectFields(List.of(after, wanted), 0, Long.MAX_VALUE, memory);
      assertEquals(expected, batches.root().getVector(1).getField());
      assertTrue(batches.next());
      assertEquals(8, batches.root().getVector(0).getObject(8));
      check((StructVector) batches.root().getVector(1));
      return batches.bytesRead();
    }
  }

  private static void check(StructVector struct) {
    for (FieldVector child : struct.getChildrenFromFields()) {
      if (child instanceof StructVector inner) {
        check(inner);
        continue;
      }
      for (int row = 0; row < ROWS; row++) {
        Object value = child.getObject(row);
        if (row % 7 == 0) {
          assertEquals(null, value);
        } else if (value instanceof Text text) {
          assertEquals("a text that is longer than a view " + row, text.toString());
        } else {
          int expected = child.getName().equals("unsigned") ? row & 0xff : row;
          assertEquals(expected, ((Number) value).intValue());
        }
      }
    }
  }

  @Test
  void onlyTheBytesOfTheFieldsAreRead() throws IOException {
    long whole = read(WHOLE, IpcBatches.normalized(WHOLE));
    Field inner = new Field("inner", STRUCT, List.of(NUMBER));
    long number = read(struct(inner), struct(inner));
    long texts = read(struct(TEXT, inner), struct(inner, TEXT));
    assertTrue(number < texts && texts < whole / 2, number + " " + texts + " " + whole);
    Field unknown = Field.nullable("unknown", ArrowType.Utf8.INSTANCE);
    assertTrue(read(struct(unknown), struct()) < number);
  }

  @Test
  void aColumnIsReadAsAWholeIfAFieldIsReadAsAnotherType() throws IOException {
    assertEquals(
        read(WHOLE, IpcBatches.normalized(WHOLE)),
        read(struct(UNSIGNED), IpcBatches.normalized(WHOLE)));
  }
}
