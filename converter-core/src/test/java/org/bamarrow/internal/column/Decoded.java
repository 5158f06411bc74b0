package org.bamarrow.internal.column;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.Text;
import org.bamarrow.internal.bam.RecordSlice;

/** A decoded batch as plain Java, read by Arrow's own vectors, and its buffers byte for byte. */
record Decoded(Map<String, List<Object>> columns, List<String> buffers) {
  static Decoded of(
      BatchSchema schema,
      SliceDecoder decoder,
      BufferAllocator allocator,
      RecordSlice slice,
      int to)
      throws IOException {
    return of(schema, decoder, allocator, slice, 0, to);
  }

  static Decoded of(
      BatchSchema schema,
      SliceDecoder decoder,
      BufferAllocator allocator,
      RecordSlice slice,
      int from,
      int to)
      throws IOException {
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    try (ArrowRecordBatch batch = decoder.decode(slice, from, to);
        VectorSchemaRoot root = VectorSchemaRoot.create(new Schema(schema.fields()), allocator)) {
      new VectorLoader(root).load(batch);
      for (FieldVector vector : root.getFieldVectors()) {
        if (!(vector instanceof MapVector)) { // Arrow's validator knows no maps
          vector.validateFull();
        }
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < to - from; row++) {
          values.add(plain(vector.getObject(row)));
        }
        columns.put(vector.getName(), values);
      }
      return new Decoded(columns, buffers(batch));
    }
  }

  /** Bytes of each buffer with its padding to 8 bytes. */
  private static List<String> buffers(ArrowRecordBatch batch) {
    List<String> texts = new ArrayList<>();
    for (ArrowBuf buffer : batch.getBuffers()) {
      StringBuilder text = new StringBuilder();
      long length = buffer.readableBytes();
      for (long at = 0; at < (length + 7 & ~7L); at++) {
        byte value = MemoryUtil.getByte(buffer.memoryAddress() + at);
        if (at >= length && value != 0) {
          throw new AssertionError("padding byte " + value);
        }
        text.append((char) (value & 0xff));
      }
      texts.add(text.toString());
    }
    return texts;
  }

  private static Object plain(Object value) {
    if (value instanceof Text text) {
      return text.toString();
    }
    if (value instanceof List<?> list) {
      List<Object> plain = new ArrayList<>();
      list.forEach(element -> plain.add(plain(element)));
      return plain;
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> plain = new LinkedHashMap<>();
      map.forEach((key, element) -> plain.put(plain(key), plain(element)));
      return plain;
    }
    return value;
  }
}
