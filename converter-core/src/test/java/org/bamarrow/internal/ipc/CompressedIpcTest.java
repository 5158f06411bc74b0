package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.bamarrow.convert.Compression;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Record batches through the codecs: Arrow Java's loader, its files, and pyarrow both ways. */
class CompressedIpcTest {
  private static final int[] ROWS = {0, 1, 7, 8, 9, 64, 65, 1000, 20_000, 100_000};
  private static final Schema SCHEMA =
      new Schema(
          List.of(
              Field.nullable("pos", new ArrowType.Int(32, true)),
              Field.nullable("seq", ArrowType.Utf8.INSTANCE),
              Field.nullable("nothing", ArrowType.Utf8.INSTANCE)));

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void closeAllocator() {
    allocator.close();
  }

  /** By way of a message: Arrow's loader wants buffers that are slices of one body. */
  @ParameterizedTest
  @EnumSource
  void batchesOfEverySizeRoundTrip(Compression compression) throws IOException {
    for (int rows : ROWS) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (VectorSchemaRoot root = batch(rows);
          VectorSchemaRoot copy = VectorSchemaRoot.create(SCHEMA, allocator)) {
        try (ArrowRecordBatch batch =
            new VectorUnloader(
                    root, true, Codecs.create(compression, Codecs.DEFAULT_ZSTD_LEVEL), true)
                .getRecordBatch()) {
          MessageSerializer.serialize(new WriteChannel(Channels.newChannel(out)), batch);
        }
        var in = Channels.newChannel(new ByteArrayInputStream(out.toByteArray()));
        try (ArrowRecordBatch batch =
            (ArrowRecordBatch)
                MessageSerializer.deserializeMessageBatch(new ReadChannel(in), allocator)) {
          new VectorLoader(copy, Codecs.FACTORY).load(batch);
        }
        assertTrue(root.equals(copy), () -> compression + ", " + rows + " rows");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CodecType.class)
  void filesRoundTripAndAreReproducible(CodecType codec) throws IOException {
    byte[] file = file(codec);
    assertArrayEquals(file, file(codec));
    try (var reader =
        new ArrowFileReader(
            new ByteArrayReadableSeekableByteChannel(file), allocator, Codecs.FACTORY)) {
      for (int rows : ROWS) {
        assertTrue(reader.loadNextBatch());
        try (VectorSchemaRoot expected = batch(rows)) {
          assertTrue(expected.equals(reader.getVectorSchemaRoot()), codec + ", " + rows + " rows");
        }
      }
      assertFalse(reader.loadNextBatch());
    }
  }

  /** pyarrow reads the file, and writes one (with linked LZ4 blocks) that is read here. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "NO_COMPRESSION")
  void filesAreExchangedWithPyarrow(CodecType codec, @TempDir Path folder)
      throws IOException, InterruptedException {
    String python = System.getenv("BAMARROW_PYTHON");
    assumeTrue(python != null, "BAMARROW_PYTHON names no Python with pyarrow: skipped");
    Path ours = Files.write(folder.resolve("ours.arrow"), file(codec));
    Path theirs = folder.resolve("theirs.arrow");
    String script =
        """
        import sys
        import pyarrow as pa, pyarrow.compute as pc
        with pa.ipc.open_file(sys.argv[1]) as reader:
            batches = [reader.get_batch(i) for i in range(reader.num_record_batches)]
        for batch in batches:
            batch.validate(full=True)
        table = pa.Table.from_batches(batches)
        codec = sys.argv[3]
        options = pa.ipc.IpcWriteOptions(compression=codec)
        with pa.ipc.new_file(sys.argv[2], reader.schema, options=options) as writer:
            for batch in batches:
                writer.write_batch(batch)
        print(table.num_rows, pc.sum(table["pos"]), pc.sum(pc.binary_length(table["seq"])))
        """;
    Process process =
        new ProcessBuilder(
                python,
                "-c",
                script,
                ours.toString(),
                theirs.toString(),
                codec == CodecType.ZSTD ? "zstd" : "lz4")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), output);
    assertEquals(sums(), output.strip());
    try (var channel = Files.newByteChannel(theirs);
        var reader = new ArrowFileReader(channel, allocator, Codecs.FACTORY)) {
      for (int rows : ROWS) {
        assertTrue(reader.loadNextBatch());
        try (VectorSchemaRoot expected = batch(rows)) {
          assertTrue(expected.equals(reader.getVectorSchemaRoot()), codec + ", " + rows + " rows");
        }
      }
    }
  }

  private String sums() {
    long pos = 0;
    long letters = 0;
    for (int rows : ROWS) {
      try (VectorSchemaRoot root = batch(rows)) {
        IntVector positions = (IntVector) root.getVector("pos");
        VarCharVector seq = (VarCharVector) root.getVector("seq");
        for (int i = 0; i < rows; i++) {
          pos += positions.isNull(i) ? 0 : positions.get(i);
          letters += seq.isNull(i) ? 0 : seq.getValueLength(i);
        }
      }
    }
    return IntStream.of(ROWS).sum() + " " + pos + " " + letters;
  }

  private byte[] file(CodecType codec) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
        ArrowFileWriter writer =
            new ArrowFileWriter(
                root,
                null,
                Channels.newChannel(out),
                Map.of(),
                IpcOption.DEFAULT,
                Codecs.FACTORY,
                codec)) {
      for (int rows : ROWS) {
        fill(root, rows);
        writer.writeBatch();
      }
      writer.end();
    }
    return out.toByteArray();
  }

  private VectorSchemaRoot batch(int rows) {
    VectorSchemaRoot root = VectorSchemaRoot.create(SCHEMA, allocator);
    fill(root, rows);
    return root;
  }

  private static void fill(VectorSchemaRoot root, int rows) {
    Random random = new Random(rows);
    root.clear();
    IntVector pos = (IntVector) root.getVector("pos");
    VarCharVector seq = (VarCharVector) root.getVector("seq");
    byte[] letters = new byte[40];
    for (int i = 0; i < rows; i++) {
      if (random.nextInt(10) > 0) {
        pos.setSafe(i, random.nextInt(1000) + i);
        int length = random.nextInt(letters.length);
        for (int j = 0; j < length; j++) {
          letters[j] = (byte) "ACGT".charAt(random.nextInt(4));
        }
        seq.setSafe(i, letters, 0, length);
      }
    }
    root.setRowCount(rows);
  }
}
