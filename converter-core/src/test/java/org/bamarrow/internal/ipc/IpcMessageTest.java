package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.bamarrow.convert.Compression;
import org.junit.jupiter.api.Test;

class IpcMessageTest {
  /** Compressed buffers that happen to be neighbours in memory have anything between them. */
  @Test
  void paddingBetweenCompressedBuffersIsZero() throws IOException {
    try (BufferAllocator allocator = new RootAllocator();
        ArrowBuf memory = allocator.buffer(64)) {
      memory.setOne(0, 64);
      List<ArrowBuf> buffers = List.of(slice(memory, 0, 5), slice(memory, 8, 3));
      ArrowRecordBatch batch =
          new ArrowRecordBatch(
              1,
              List.of(new ArrowFieldNode(1, 0)),
              buffers,
              CompressionUtil.createBodyCompression(Codecs.create(Compression.LZ4, 3)));
      try (IpcMessage message = new IpcMessage(batch)) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message.write(
            bytes -> {
              while (bytes.hasRemaining()) {
                out.write(bytes.get());
              }
            });
        assertEquals(message.length(), out.size());
        byte[] body = Arrays.copyOfRange(out.toByteArray(), out.size() - 16, out.size());
        assertArrayEquals(
            new byte[] {-1, -1, -1, -1, -1, 0, 0, 0, -1, -1, -1, 0, 0, 0, 0, 0}, body);
      }
    }
  }

  private static ArrowBuf slice(ArrowBuf memory, int from, int length) {
    return memory.slice(from, length).writerIndex(length);
  }
}
