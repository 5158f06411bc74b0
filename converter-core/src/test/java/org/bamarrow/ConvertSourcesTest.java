package org.bamarrow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.BytesSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Conversions of inputs that are no files, and to outputs that are none. */
@Timeout(120)
class ConvertSourcesTest extends ConvertedBams {
  private static BytesSource inMemory(String name, String file) throws IOException {
    return new BytesSource(name, Files.readAllBytes(Path.of(file)));
  }

  @ParameterizedTest
  @EnumSource
  void sourcesAndFilesGiveTheSameBytes(Strategy strategy) throws IOException {
    List<String> files = List.of(bam("a.bam", 2000), bam("b.bam", 0), bam("c.bam", 900));
    List<BytesSource> sources = new ArrayList<>();
    for (String file : files) {
      sources.add(inMemory(file, file));
    }
    ConvertOptions options = options(strategy, 3);
    ConvertReport fromFiles = BamToArrow.convert(files, target("files"), options);
    ConvertReport fromMemory = BamToArrow.convertSources(sources, target("memory"), options);
    byte[] expected = Files.readAllBytes(Path.of(target("files")));
    assertArrayEquals(expected, Files.readAllBytes(Path.of(target("memory"))));
    assertEquals(target("memory"), fromMemory.output());
    assertEquals(fromFiles.records(), fromMemory.records());
    assertEquals(fromFiles.bytesIn(), fromMemory.bytesIn());
    assertEquals(fromFiles.settings(), fromMemory.settings());
  }

  @Test
  void onlyTheNameOfASourceIsInTheMetadata() throws IOException {
    String file = bam("a.bam", 500);
    ConvertOptions options = options(Strategy.PIPELINE, 2);
    BamToArrow.convert(List.of(file), target("file"), options);
    BamToArrow.convertSources(List.of(inMemory("object/key", file)), target("object"), options);
    try (BufferAllocator allocator = new RootAllocator();
        ArrowReader expected = file(target("file"), allocator);
        ArrowReader found = file(target("object"), allocator)) {
      var metadata = found.getVectorSchemaRoot().getSchema().getCustomMetadata();
      assertEquals("[\"key\"]", metadata.get("bamarrow.files"));
      while (expected.loadNextBatch()) {
        assertTrue(found.loadNextBatch());
        assertEquals(
            expected.getVectorSchemaRoot().contentToTSVString(),
            found.getVectorSchemaRoot().contentToTSVString());
      }
      assertFalse(found.loadNextBatch());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aChannelGetsTheBytesOfAFileAndStaysOpen(Strategy strategy) throws IOException {
    String file = bam("a.bam", 2000);
    for (Format format : Format.values()) {
      OutputOptions output = output(format, Compression.LZ4);
      ConvertOptions options = options(strategy, 3).withOutput(output);
      BamToArrow.convert(List.of(file), target("file"), options);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      WritableByteChannel channel = Channels.newChannel(bytes);
      ConvertReport report =
          BamToArrow.convertSources(List.of(inMemory(file, file)), channel, options, Progress.NONE);
      assertArrayEquals(Files.readAllBytes(Path.of(target("file"))), bytes.toByteArray());
      assertTrue(channel.isOpen());
      assertEquals("channel", report.output());
      assertEquals(bytes.size(), report.bytesOut());
    }
  }

  @Test
  void theErrorOfAChannelIsUnchanged() throws IOException {
    IOException full = new IOException("quota exceeded");
    Watched source = new Watched(Files.readAllBytes(Path.of(bam("a.bam", 2000))));
    WritableByteChannel channel =
        new WritableByteChannel() {
          @Override
          public int write(ByteBuffer bytes) throws IOException {
            throw full;
          }

          @Override
          public boolean isOpen() {
            return true;
          }

          @Override
          public void close() {
            throw new AssertionError("it is the caller's");
          }
        };
    IOException error =
        assertThrows(
            IOException.class,
            () ->
                BamToArrow.convertSources(
                    List.of(source), channel, options(Strategy.PIPELINE, 2), Progress.NONE));
    assertEquals("quota exceeded", error.getMessage());
    assertTrue(source.closed);
  }

  @Test
  void sourcesAreClosedInEveryCase() throws IOException {
    byte[] sound = Files.readAllBytes(Path.of(bam("a.bam", 300)));
    byte[] damaged = sound.clone();
    damaged[sound.length / 2] ^= 1;
    ConvertOptions options = options(Strategy.PIPELINE, 2);

    List<Watched> converted = List.of(new Watched(sound), new Watched(sound));
    BamToArrow.convertSources(converted, target("out"), options);
    converted.forEach(source -> assertTrue(source.closed));

    List<Watched> noHeader = List.of(new Watched(sound), new Watched(new byte[3]));
    assertThrows(
        BamFormatException.class,
        () -> BamToArrow.convertSources(noHeader, target("out2"), options));
    noHeader.forEach(source -> assertTrue(source.closed));

    List<Watched> broken = List.of(new Watched(damaged), new Watched(sound));
    assertThrows(
        BamFormatException.class, () -> BamToArrow.convertSources(broken, target("out2"), options));
    broken.forEach(source -> assertTrue(source.closed));

    List<Watched> unread = List.of(new Watched(sound), new Watched(sound));
    assertThrows(
        FileAlreadyExistsException.class,
        () -> BamToArrow.convertSources(unread, target("out"), options));
    unread.forEach(source -> assertTrue(source.closed));
    assertFalse(Files.exists(Path.of(target("out2"))));
  }

  @Test
  void aTargetThatIsAnInputIsAnError() throws IOException {
    String file = bam("a.bam", 3);
    byte[] before = Files.readAllBytes(Path.of(file));
    OutputOptions force = output(Format.FILE, Compression.NONE);
    ConvertOptions options = options(Strategy.PIPELINE, 1).withOutput(force);
    assertThrows(
        FileAlreadyExistsException.class,
        () -> BamToArrow.convertSources(List.of(inMemory(file, file)), file, options));
    assertArrayEquals(before, Files.readAllBytes(Path.of(file)));
  }

  /** Files would be converted again without the index, and the damage itself reported. */
  @Test
  void anUnusableIndexFailsAConversionOfSources() throws IOException {
    Path bam = corpus("files/GMOD+bam-js/test__data__volvox-sorted.bam");
    byte[] damaged = Files.readAllBytes(bam);
    damaged[damaged.length / 2] ^= 1;
    String file = write("v.bam", damaged);
    write("v.bam.bai", Files.readAllBytes(Path.of(bam + ".bai")));
    ConvertOptions options =
        options(Strategy.PIPELINE, 2).withRegions(RegionOptions.defaults().withRegions("ctgA"));
    Watched source = new Watched(file, damaged);
    IOException error =
        assertThrows(
            IOException.class,
            () -> BamToArrow.convertSources(List.of(source), target("out"), options));
    assertTrue(
        error
            .getMessage()
            .contains("index of the input does not match the file: reading with it failed"),
        error.getMessage());
    assertTrue(source.closed);
    BamFormatException itself =
        assertThrows(
            BamFormatException.class,
            () -> BamToArrow.convert(List.of(file), target("out"), options));
    assertEquals(file, itself.file());
    assertFalse(Files.exists(Path.of(target("out"))));
  }

  private static Path corpus(String name) {
    Path file = Path.of(System.getProperty("bamarrow.shared", "../../shared"), "corpus", name);
    assumeTrue(Files.exists(file), () -> "no " + file);
    return file;
  }

  @Test
  void noInputIsAnError() throws IOException {
    assertThrows(
        IllegalArgumentException.class,
        () -> BamToArrow.convertSources(List.of(), target("out"), ConvertOptions.defaults()));
    assertEquals(List.of(), list());
  }
}
