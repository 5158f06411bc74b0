package org.bamarrow.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VariableWidthFieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.internal.ipc.Codecs;
import org.bamarrow.internal.ipc.HandMadeIpc;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.IpcInput;
import org.bamarrow.io.BytesSource;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Arrow data with some bytes changed: they are read, or there is one exception of a documented kind
 * that names the file; memory stays bounded and is given back.
 */
class DamagedArrowTest {
  private static final long SEED = 20261126;

  /** What the inputs, of 20 kB each, may take whatever they claim. */
  private static final long MOST_MEMORY = 1L << 26;

  private static final ArrowType.Int INT32 = new ArrowType.Int(32, true);

  @TempDir private Path folder;

  private List<byte[]> inputs() throws IOException {
    List<byte[]> inputs = new ArrayList<>();
    Path bam = folder.resolve("in.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, 40, 1));
    for (Compression compression : Compression.values()) {
      for (String name : List.of("out.arrow", "out.arrows")) {
        inputs.add(Files.readAllBytes(convert(bam, name, compression)));
      }
    }
    for (boolean file : new boolean[] {true, false}) {
      inputs.add(foreign(file, Codecs.create(Compression.NONE, 1)));
      inputs.add(foreign(file, Codecs.create(Compression.ZSTD, 1)));
    }
    return inputs;
  }

  private Path convert(Path bam, String name, Compression compression) throws IOException {
    OutputOptions plain = OutputOptions.defaults();
    Path out = folder.resolve(compression + name);
    BamToArrow.convert(
        List.of(bam.toString()),
        out.toString(),
        ConvertOptions.defaults()
            .withOutput(
                plain
                    .withFormat(
                        name.endsWith("s")
                            ? org.bamarrow.convert.Format.STREAM
                            : org.bamarrow.convert.Format.FILE)
                    .withCompression(compression)
                    .withForce(true)
                    .withDurable(false)),
        Progress.NONE);
    return out;
  }

  private static Field field(String name, ArrowType type, Field... children) {
    return new Field(name, FieldType.nullable(type), List.of(children));
  }

  /** Views, dictionaries with a delta, unsigned numbers and lists of them. */
  private static byte[] foreign(boolean file, CompressionCodec codec) throws IOException {
    Field unsigned = field("u", new ArrowType.Int(16, false));
    Field view = field("v", ArrowType.Utf8View.INSTANCE);
    Field list = field("l", ArrowType.LargeList.INSTANCE, unsigned);
    Field category =
        new Field(
            "c",
            new FieldType(true, ArrowType.Utf8.INSTANCE, new DictionaryEncoding(3, false, INT32)),
            null);
    try (RootAllocator allocator = new RootAllocator();
        FieldVector views = view.createVector(allocator);
        FieldVector values = field("c", ArrowType.Utf8.INSTANCE).createVector(allocator);
        IntVector indices = (IntVector) field("c", INT32).createVector(allocator);
        FieldVector lists = list.createVector(allocator)) {
      for (FieldVector each : List.of(views, values, indices, lists)) {
        each.allocateNew();
      }
      var large = (org.apache.arrow.vector.complex.LargeListVector) lists;
      for (int i = 0; i < 50; i++) {
        byte[] text = "value number %d of them".formatted(i).getBytes(StandardCharsets.UTF_8);
        ((VariableWidthFieldVector) views).setSafe(i, text, 0, i % 20);
        ((VariableWidthFieldVector) values).setSafe(i, text);
        indices.setSafe(i, 2 * i);
        large.startNewValue(i);
        large.endValue(i, 0);
      }
      for (FieldVector each : List.of(views, values, indices, lists)) {
        each.setValueCount(50);
      }
      return new HandMadeIpc(new Schema(List.of(view, category, list)), file, codec)
          .dictionary(3, false, values)
          .dictionary(3, true, values)
          .batch(views, indices, lists)
          .batch(views, indices, lists)
          .bytes();
    }
  }

  /** One to three changes: bits, bytes, numbers with an extreme value, an end that is missing. */
  private static byte[] mutate(byte[] sound, Random random) {
    byte[] bytes = sound.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(bytes.length - 8);
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      switch (random.nextInt(6)) {
        case 0, 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) random.nextInt();
        case 3 -> buffer.putInt(at & ~3, random.nextBoolean() ? -1 : Integer.MAX_VALUE);
        case 4 -> buffer.putLong(at & ~7, 1L << random.nextInt(63));
        default -> bytes = random.nextInt(8) == 0 ? Arrays.copyOf(bytes, at + 8) : bytes;
      }
    }
    return bytes;
  }

  /** True where the rows were read, false where there was an error. */
  private boolean requireSoundEnd(byte[] bytes, String what, boolean commands) {
    boolean read = false;
    try (RootAllocator allocator = new RootAllocator(MOST_MEMORY)) { // throws if not empty
      try (IpcBatches batches = IpcBatches.open(new BytesSource("x.arrow", bytes))) {
        batches.selectAll(allocator);
        while (batches.next()) {
          touch(batches.root());
        }
      }
      read = true;
    } catch (IOException e) {
      assertTrue(e.getMessage().startsWith("x.arrow: "), what + ": " + e);
    } catch (Throwable e) {
      throw new AssertionError(what, e);
    }
    if (!commands) {
      return read;
    }
    Path path = folder.resolve("y.arrow");
    for (Command command :
        List.<Command>of(
            () -> IpcInput.open(path).close(),
            () -> ArrowToSam.write(path, OutputStream.nullOutputStream(), ArrowToSam.Parts.RECORDS),
            () ->
                Verifier.verify(List.of(folder.resolve("in.bam").toString()), path, line -> {}))) {
      try {
        Files.write(path, bytes);
        command.run();
      } catch (IOException e) {
        assertTrue(e.getMessage().startsWith(path + ": "), what + ": " + e);
      } catch (IllegalArgumentException e) { // a list that the metadata ask the user for
        assertTrue(e.getMessage().contains("of the conversion"), what + ": " + e);
      } catch (Throwable e) {
        throw new AssertionError(what, e);
      }
    }
    return read;
  }

  private interface Command {
    void run() throws IOException;
  }

  /** Reads every value to its end. */
  private static void touch(VectorSchemaRoot root) {
    for (FieldVector vector : root.getFieldVectors()) {
      for (int row = 0; row < Math.min(1000, root.getRowCount()); row++) {
        vector.getObject(row);
      }
    }
  }

  private void mutate(int times) throws IOException {
    Random random = new Random(SEED);
    List<byte[]> inputs = inputs();
    for (byte[] sound : inputs) {
      assertTrue(requireSoundEnd(sound, "no mutation", false));
    }
    int read = 0;
    for (int i = 0; i < times; i++) {
      byte[] sound = inputs.get(i % inputs.size());
      String what = "seed " + SEED + ", mutation " + i;
      read += requireSoundEnd(mutate(sound, random), what, i % 16 == i / 16 % 16) ? 1 : 0;
    }
    assertTrue(
        read > times / 10 && read < times - times / 10, read + " of " + times + " were read");
  }

  @Test
  void damageIsOneClearErrorAndTakesNoMemory() throws IOException {
    mutate(2_000);
  }

  @Test
  @Tag("full")
  void muchDamageIsOneClearErrorAndTakesNoMemory() throws IOException {
    mutate(100_000);
  }

  @Test
  void aZstdFrameThatClaimsMoreThanItHoldsTakesNoMemory() {
    byte[] frame = com.github.luben.zstd.Zstd.compress(new byte[1000]);
    try (RootAllocator allocator = new RootAllocator(1L << 20)) {
      var compressed = allocator.buffer(8 + frame.length);
      compressed.setLong(0, 1L << 30);
      compressed.setBytes(8, frame);
      compressed.writerIndex(8 + frame.length);
      Exception e =
          org.junit.jupiter.api.Assertions.assertThrows(
              IllegalArgumentException.class,
              () -> Codecs.create(Compression.ZSTD, 1).decompress(allocator, compressed));
      assertTrue(e.getMessage().contains("not the declared 1073741824"), e.getMessage());
      compressed.close();
    }
  }

  @Test
  void aZstdFrameThatHoldsVeryMuchIsRead() {
    byte[] frame = com.github.luben.zstd.Zstd.compress(new byte[10_000_000]);
    try (RootAllocator allocator = new RootAllocator()) {
      var compressed = allocator.buffer(8 + frame.length);
      compressed.setLong(0, 10_000_000);
      compressed.setBytes(8, frame);
      compressed.writerIndex(8 + frame.length);
      try (var plain = Codecs.create(Compression.ZSTD, 1).decompress(allocator, compressed)) {
        assertEquals(10_000_000, plain.readableBytes());
      }
    }
  }
}
