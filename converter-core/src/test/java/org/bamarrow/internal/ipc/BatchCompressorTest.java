package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.OutputOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class BatchCompressorTest {
  private static final int ROWS = 1000;
  private static final List<Field> FIELDS =
      List.of(
          Field.nullable("pos", new ArrowType.Int(32, true)),
          Field.nullable("qname", ArrowType.Utf8.INSTANCE),
          Field.nullable("seq", ArrowType.Utf8.INSTANCE),
          Field.nullable("qual", ArrowType.Utf8.INSTANCE));

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void closeAllocator() {
    allocator.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void everyBufferDecompressesToItsBytes(Compression compression) {
    for (int seed = 0; seed < 5; seed++) {
      List<byte[]> buffers = MadeBuffers.of(ROWS, seed);
      assertEquals(buffers.size(), decompressed(options(compression), buffers).size());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {OutputOptions.LEVEL_BY_COLUMN, 1, 3, 19})
  void everyLevelOfZstdDecompresses(int level) {
    OutputOptions options = options(Compression.ZSTD).withCompressionLevel(level);
    assertEquals(11, decompressed(options, MadeBuffers.of(ROWS, 7)).size());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void aBufferThatDoesNotShrinkIsStored(Compression compression) {
    List<byte[]> buffers = MadeBuffers.of(ROWS, 1);
    byte[] noise = new byte[5000];
    new Random(9).nextBytes(noise);
    buffers.set(10, noise);
    buffers.set(0, new byte[] {1}); // a single byte never shrinks
    List<byte[]> compressed = compressed(options(compression), buffers);
    for (int stored : new int[] {0, 10}) {
      byte[] bytes = compressed.get(stored);
      assertEquals(-1, ByteBuffer.wrap(bytes).getLong());
      assertArrayEquals(buffers.get(stored), Arrays.copyOfRange(bytes, 8, bytes.length));
    }
    assertTrue(compressed.get(7).length < buffers.get(7).length);
    assertEquals(0, compressed.get(5).length, "an empty buffer after a stored one");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void emptyBuffersStayEmpty(Compression compression) {
    List<byte[]> buffers = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      buffers.add(new byte[0]);
    }
    compressed(options(compression), buffers).forEach(buffer -> assertEquals(0, buffer.length));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void equalBatchesGiveEqualBytesAfterAnyOtherBatch(Compression compression) {
    try (BatchCompressor compressor = compressor(options(compression))) {
      List<byte[]> first = compressed(compressor, MadeBuffers.of(ROWS, 1));
      compressed(compressor, MadeBuffers.of(ROWS, 2));
      List<byte[]> again = compressed(compressor, MadeBuffers.of(ROWS, 1));
      for (int i = 0; i < first.size(); i++) {
        assertArrayEquals(first.get(i), again.get(i));
      }
    }
  }

  @Test
  void equalBuffersAreOneAndTheMessageHasThemOnce() throws IOException {
    try (BatchCompressor compressor = compressor(options(Compression.ZSTD))) {
      ArrowRecordBatch batch = compressor.compress(batch(MadeBuffers.of(ROWS, 1)));
      List<ArrowBuf> buffers = batch.getBuffers();
      assertEquals(buffers.get(6).memoryAddress(), buffers.get(9).memoryAddress());
      long distinct = 0;
      for (int i = 0; i < buffers.size(); i++) {
        distinct += i == 9 ? 0 : buffers.get(i).readableBytes() + 7 & ~7;
      }
      try (IpcMessage message = new IpcMessage(batch)) {
        assertEquals(distinct, message.block(0).getBodyLength());
      }
    }
  }

  @Test
  void memoryIsReusedOnceABatchIsClosed() {
    try (BatchCompressor compressor = compressor(options(Compression.ZSTD))) {
      compressed(compressor, MadeBuffers.of(ROWS, 1));
      long once = allocator.getAllocatedMemory();
      for (int i = 0; i < 10; i++) {
        compressed(compressor, MadeBuffers.of(ROWS, 1));
      }
      assertEquals(once, allocator.getAllocatedMemory());
    }
    assertEquals(0, allocator.getAllocatedMemory());
  }

  @Test
  void aBatchOutlivesItsCompressor() {
    BatchCompressor compressor = compressor(options(Compression.ZSTD));
    ArrowRecordBatch batch = compressor.compress(batch(MadeBuffers.of(ROWS, 3)));
    compressor.close();
    assertEquals(11, batch.getBuffers().size());
    batch.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
  void theBodyIsOnePieceWithZeroPadding(Compression compression) throws IOException {
    try (BatchCompressor compressor = compressor(options(compression))) {
      compressed(compressor, MadeBuffers.of(ROWS, 2)); // leaves other bytes in the memory
      ArrowRecordBatch batch = compressor.compress(batch(MadeBuffers.of(ROWS, 1)));
      List<byte[]> buffers = new ArrayList<>(bytes(batch));
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      buffers.set(9, new byte[0]); // equal to buffer 6
      for (byte[] buffer : buffers) {
        expected.write(buffer);
        expected.write(new byte[-buffer.length & 7]);
      }
      List<byte[]> parts = new ArrayList<>();
      try (IpcMessage message = new IpcMessage(batch)) {
        message.write(
            part -> {
              byte[] bytes = new byte[part.remaining()];
              part.get(bytes);
              parts.add(bytes);
            });
      }
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (byte[] part : parts.subList(1, parts.size())) {
        body.write(part);
      }
      assertArrayEquals(expected.toByteArray(), body.toByteArray());
      assertEquals(3, parts.size(), "metadata, body, padding");
    }
  }

  @Test
  void noCompressionHasNoCompressor() {
    assertNull(BatchCompressor.of(OutputOptions.defaults(), FIELDS, allocator));
  }

  @Test
  void aBatchOfOtherFieldsIsRejected() {
    try (BatchCompressor compressor =
        BatchCompressor.of(options(Compression.LZ4), FIELDS.subList(0, 1), allocator)) {
      assertThrows(
          IllegalArgumentException.class,
          () -> compressor.compress(batch(MadeBuffers.of(ROWS, 1))));
    }
  }

  @Test
  void theKindsAreThoseOfNamesAndTypes() {
    ArrowType utf8 = ArrowType.Utf8.INSTANCE;
    Field item = new Field("item", FIELDS.get(0).getFieldType(), null);
    Field bytes = Field.nullable("item", new ArrowType.Int(8, true));
    ArrowType list = ArrowType.List.INSTANCE;
    List<Field> fields =
        List.of(
            Field.nullable("seq", utf8),
            new Field("ints", Field.nullable("", list).getFieldType(), List.of(item)),
            new Field("qual", Field.nullable("", list).getFieldType(), List.of(bytes)),
            Field.nullable("voffset", new ArrowType.Int(64, true)),
            Field.nullable("large", ArrowType.LargeUtf8.INSTANCE),
            Field.nullable("flag", ArrowType.Bool.INSTANCE));
    BufferKind other = BufferKind.OTHER;
    BufferKind int32 = BufferKind.INT32;
    assertEquals(
        List.of(
            other,
            int32,
            BufferKind.BASES,
            other,
            int32,
            other,
            int32,
            other,
            int32,
            other,
            BufferKind.QUALITIES,
            other,
            other,
            other,
            other,
            BufferKind.TEXT,
            other,
            other),
        BufferKind.of(fields));
  }

  private static OutputOptions options(Compression compression) {
    return OutputOptions.defaults().withCompression(compression);
  }

  private BatchCompressor compressor(OutputOptions options) {
    return BatchCompressor.of(options, FIELDS, allocator);
  }

  private List<byte[]> compressed(OutputOptions options, List<byte[]> buffers) {
    try (BatchCompressor compressor = compressor(options)) {
      return compressed(compressor, buffers);
    }
  }

  private List<byte[]> compressed(BatchCompressor compressor, List<byte[]> buffers) {
    try (ArrowRecordBatch batch = compressor.compress(batch(buffers))) {
      return bytes(batch);
    }
  }

  private List<byte[]> decompressed(OutputOptions options, List<byte[]> buffers) {
    CompressionCodec codec =
        Codecs.FACTORY.createCodec(
            options.compression() == Compression.LZ4 ? CodecType.LZ4_FRAME : CodecType.ZSTD);
    List<byte[]> compressed = compressed(options, buffers);
    for (int i = 0; i < buffers.size(); i++) {
      if (buffers.get(i).length > 0) {
        try (ArrowBuf buffer = codec.decompress(allocator, buffer(compressed.get(i)))) {
          assertArrayEquals(buffers.get(i), bytes(buffer), "buffer " + i);
        }
      }
    }
    return compressed;
  }

  private ArrowRecordBatch batch(List<byte[]> buffers) {
    List<ArrowBuf> arrow = buffers.stream().map(this::buffer).toList();
    ArrowFieldNode node = new ArrowFieldNode(ROWS, 0);
    try {
      return new ArrowRecordBatch(ROWS, List.of(node, node, node, node), arrow);
    } finally {
      arrow.forEach(ArrowBuf::close);
    }
  }

  private ArrowBuf buffer(byte[] bytes) {
    ArrowBuf buffer = allocator.buffer(bytes.length);
    buffer.writeBytes(bytes);
    return buffer;
  }

  private static List<byte[]> bytes(ArrowRecordBatch batch) {
    return batch.getBuffers().stream().map(BatchCompressorTest::bytes).toList();
  }

  private static byte[] bytes(ArrowBuf buffer) {
    byte[] bytes = new byte[(int) buffer.readableBytes()];
    buffer.getBytes(0, bytes);
    return bytes;
  }
}
