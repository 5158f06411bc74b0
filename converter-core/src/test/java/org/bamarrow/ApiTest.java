package org.bamarrow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.Inflater;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.bam.BamBytes;
import org.bamarrow.internal.bam.RecordBytes;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.internal.ipc.Codecs;
import org.bamarrow.internal.read.MemoryPlan;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;
import org.bamarrow.io.BytesSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The library from outside: conversion, reader, report, metadata. */
@Timeout(120)
class ApiTest {
  private static final String HEADER = "@HD\tVN:1.6\tSO:coordinate\n@CO\tgrün\n";

  @TempDir private Path folder;

  /** Many small chunks and batches. */
  private static ConvertOptions options(Strategy strategy, int threads) {
    return ConvertOptions.defaults()
        .withBatches(new BatchOptions(150, 1 << 16, 1 << 16))
        .withMachine(
            MachineOptions.defaults()
                .withStrategy(strategy)
                .withThreads(threads)
                .withInflater(Inflater.JDK)
                .withMemoryBytes(256 << 20)
                .withReadBytes(1 << 16));
  }

  private String bam(String name, int records) throws IOException {
    BamBytes bam = new BamBytes(HEADER.getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < records; i++) {
      RecordBytes record = new RecordBytes().name("read" + i).flag(i & 0xffb);
      bam.add(record.integer("NM", 'C', i & 0xff).text("MD", "x".repeat(i % 300)));
    }
    return write(name, new BgzfBytes(0).blocks(bam.bytes(), () -> 7001).end().bytes());
  }

  private String write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  private String target(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void theSameInputAndOptionsGiveTheSameBytesWithAnyStrategyAndThreads() throws IOException {
    List<String> sources = List.of(bam("a.bam", 2000), bam("b.bam", 1), bam("c.bam", 900));
    for (Compression compression : Compression.values()) {
      for (Format format : Format.values()) {
        OutputOptions output =
            OutputOptions.defaults()
                .withFormat(format)
                .withCompression(compression)
                .withWriteBytes(1 << 14)
                .withForce(true);
        byte[] first = null;
        for (int threads : new int[] {0, 1, 2, 5}) {
          Strategy strategy = threads == 0 ? Strategy.SEQUENTIAL : Strategy.PIPELINE;
          ConvertOptions options = options(strategy, Math.max(1, threads)).withOutput(output);
          BamToArrow.convert(sources, target("out"), options);
          byte[] bytes = Files.readAllBytes(folder.resolve("out"));
          first = first == null ? bytes : first;
          assertArrayEquals(first, bytes, strategy + " " + threads);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void arrowsReadersFindTheSameInFileAndStream(Compression compression) throws IOException {
    List<String> sources = List.of(bam("a.bam", 1000));
    ConvertOptions options = options(Strategy.PIPELINE, 2);
    for (Format format : Format.values()) {
      OutputOptions output =
          OutputOptions.defaults()
              .withFormat(format)
              .withCompression(compression)
              .withWriteBytes(1 << 14)
              .withForce(true);
      BamToArrow.convert(sources, target("out." + format), options.withOutput(output));
    }
    try (BufferAllocator allocator = new RootAllocator();
        ArrowReader file = file(target("out.FILE"), allocator);
        ArrowReader stream =
            new ArrowStreamReader(
                Files.newInputStream(folder.resolve("out.STREAM")), allocator, Codecs.FACTORY)) {
      while (file.loadNextBatch()) {
        assertTrue(stream.loadNextBatch());
        assertEquals(
            file.getVectorSchemaRoot().contentToTSVString(),
            stream.getVectorSchemaRoot().contentToTSVString());
      }
      assertFalse(stream.loadNextBatch());
    }
  }

  @ParameterizedTest
  @EnumSource
  void theReaderGivesTheBatchesThatTheFileHolds(Strategy strategy) throws IOException {
    List<String> sources = List.of(bam("a.bam", 2000), bam("b.bam", 0), bam("c.bam", 900));
    ConvertOptions options = options(strategy, 3);
    BamToArrow.convert(sources, target("out"), options);
    try (BufferAllocator allocator = new RootAllocator();
        ArrowReader file = file(target("out"), allocator);
        ArrowReader reader = new BamArrowReader(ByteSources.openAll(sources), options, allocator)) {
      VectorSchemaRoot expected = file.getVectorSchemaRoot();
      VectorSchemaRoot batch = reader.getVectorSchemaRoot();
      assertEquals(expected.getSchema(), batch.getSchema());
      int batches = 0;
      while (file.loadNextBatch()) {
        assertTrue(reader.loadNextBatch());
        assertEquals(expected.getRowCount(), batch.getRowCount());
        assertEquals(expected.contentToTSVString(), batch.contentToTSVString());
        batches++;
      }
      assertFalse(reader.loadNextBatch());
      assertFalse(reader.loadNextBatch());
      assertTrue(batches > 19, "batches: " + batches);
      assertTrue(reader.bytesRead() > 400_000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingAfterAnyNumberOfBatchesFreesEverything(Strategy strategy) throws IOException {
    List<String> sources = List.of(bam("a.bam", 3000));
    for (int batches = 0; batches < 12; batches++) {
      try (BufferAllocator allocator = new RootAllocator()) {
        try (ArrowReader reader =
            new BamArrowReader(ByteSources.openAll(sources), options(strategy, 3), allocator)) {
          for (int i = 0; i < batches; i++) {
            assertTrue(reader.loadNextBatch());
          }
        }
        assertEquals(0, allocator.getAllocatedMemory());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void anErrorComesBehindTheBatchesBeforeItAndAgainWhenAskedAgain(Strategy strategy)
      throws IOException {
    byte[] file = Files.readAllBytes(Path.of(bam("a.bam", 3000)));
    file[file.length / 2] ^= 1;
    int expected = -1;
    for (int round = 0; round < 5; round++) {
      try (BufferAllocator allocator = new RootAllocator();
          ArrowReader reader =
              new BamArrowReader(
                  List.of(new BytesSource("a.bam", file)), options(strategy, 4), allocator)) {
        int rows = 0;
        BamFormatException error = null;
        while (error == null) {
          try {
            assertTrue(reader.loadNextBatch());
            rows += reader.getVectorSchemaRoot().getRowCount();
          } catch (BamFormatException e) {
            error = e;
          }
        }
        assertTrue(error.getMessage().startsWith("a.bam: at virtual offset "), error.getMessage());
        assertTrue(rows > 500, "rows: " + rows);
        expected = expected < 0 ? rows : expected;
        assertEquals(expected, rows);
        assertThrows(BamFormatException.class, reader::loadNextBatch);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFailedConversionLeavesNoFile(Strategy strategy) throws IOException {
    byte[] file = Files.readAllBytes(Path.of(bam("a.bam", 3000)));
    file[file.length / 2] ^= 1;
    String source = write("bad.bam", file);
    List<Path> before = list();
    assertThrows(
        BamFormatException.class,
        () -> BamToArrow.convert(List.of(source), target("out"), options(strategy, 2)));
    assertEquals(before, list());
  }

  @Test
  void theReportCountsWhatWasDone() throws IOException {
    List<String> sources = List.of(bam("a.bam", 2000), bam("b.bam", 500));
    ConvertReport report =
        BamToArrow.convert(sources, target("out"), options(Strategy.PIPELINE, 2));
    assertEquals(sources, report.inputs());
    assertEquals(2500, report.records());
    assertEquals(2500, report.rows());
    assertEquals(0, report.filtered());
    long bytes = Files.size(Path.of(sources.get(0))) + Files.size(Path.of(sources.get(1)));
    assertEquals(bytes, report.bytesIn());
    assertEquals(Files.size(folder.resolve("out")), report.bytesOut());
    assertTrue(report.endMarkerSeen());
    assertEquals(2, report.headerDigests().size());
    assertEquals("2", report.settings().get("threads"));
    assertEquals("jdk", report.settings().get("inflater"));
    try (BufferAllocator allocator = new RootAllocator();
        ArrowFileReader file = file(target("out"), allocator)) {
      assertEquals(report.batches(), file.getRecordBlocks().size());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 100, 499, 500, 501})
  void filteredAreThoseThatTheFilterRefusedAndNotThoseThatTheLimitCut(long limit)
      throws IOException {
    String source = bam("a.bam", 1000);
    RowOptions half = RowOptions.defaults().withRequireFlags(1).withLimit(limit);
    for (int threads : new int[] {1, 4}) {
      ConvertOptions options = options(Strategy.PIPELINE, threads).withRows(half);
      ConvertReport report = BamToArrow.convert(List.of(source), target("h" + threads), options);
      long rows = limit < 0 ? 500 : Math.min(limit, 500);
      assertEquals(rows, report.rows());
      assertTrue(report.filtered() <= 500, "filtered: " + report.filtered());
      assertEquals(report.records(), report.rows() + report.filtered());
    }
  }

  @Test
  void theSchemaTellsOfInputAndOptions() throws IOException {
    byte[] latin1 = "@CO\tgr\u00fcn\n".getBytes(StandardCharsets.ISO_8859_1);
    String other =
        write("b.bam", new BgzfBytes(1).block(new BamBytes(latin1).bytes()).end().bytes());
    ConvertOptions options = options(Strategy.SEQUENTIAL, 1);
    BamToArrow.convert(List.of(bam("a.bam", 3), other), target("out"), options);
    try (BufferAllocator allocator = new RootAllocator();
        ArrowReader file = file(target("out"), allocator)) {
      Map<String, String> metadata = file.getVectorSchemaRoot().getSchema().getCustomMetadata();
      assertEquals(
          Set.of(
              "bamarrow.version",
              "bamarrow.options",
              "bamarrow.coordinates",
              "bamarrow.sort_order",
              "bamarrow.files",
              "bamarrow.references",
              "bamarrow.header",
              "bamarrow.header_base64.1"),
          metadata.keySet());
      assertEquals(HEADER, metadata.get("bamarrow.header"));
      assertEquals("coordinate", metadata.get("bamarrow.sort_order"));
      assertEquals("[\"a.bam\",\"b.bam\"]", metadata.get("bamarrow.files"));
      assertEquals("[{\"name\":\"r\",\"length\":1000}]", metadata.get("bamarrow.references"));
      assertEquals("1-based-inclusive", metadata.get("bamarrow.coordinates"));
    }
  }

  @Test
  void oneReferenceWithTwoLengthsIsAnErrorThatNamesBothFiles() throws IOException {
    byte[] bytes = new BamBytes().bytes();
    bytes[bytes.length - 4]++;
    String other = write("other.bam", new BgzfBytes(1).block(bytes).end().bytes());
    String source = bam("a.bam", 3);
    BamFormatException error =
        assertThrows(
            BamFormatException.class,
            () ->
                BamToArrow.convert(
                    List.of(source, other), target("out"), options(Strategy.PIPELINE, 2)));
    assertTrue(error.getMessage().contains("1001 bases here and 1000 in " + source));
    assertEquals(other, error.file());
  }

  @Test
  void sourcesAreClosedWhateverTheOptionsAre() throws IOException {
    byte[] file = Files.readAllBytes(Path.of(bam("a.bam", 3)));
    byte[] bad = {1, 2, 3};
    ConvertOptions unknownRegion =
        ConvertOptions.defaults()
            .withRegions(RegionOptions.defaults().withRegions("no such reference"));
    try (BufferAllocator allocator = new RootAllocator()) {
      for (byte[] second : List.of(file, bad)) {
        for (ConvertOptions options : List.of(unknownRegion, options(Strategy.PIPELINE, 1))) {
          List<Watched> sources = Stream.of(file, second, file).map(Watched::new).toList();
          try {
            new BamArrowReader(List.copyOf(sources), options, allocator).close();
          } catch (IOException | IllegalArgumentException expected) {
            assertNotNull(expected.getMessage());
          }
          sources.forEach(source -> assertTrue(source.closed));
        }
      }
    }
  }

  @Test
  void withoutSourcesThereIsNothingToConvert() throws IOException {
    assertThrows(
        IllegalArgumentException.class,
        () -> BamToArrow.convert(List.of(), target("out"), ConvertOptions.defaults()));
    assertEquals(List.of(), list());
  }

  @Test
  void optionsThatCouldNeverWorkAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new BatchOptions(0, 1 << 20, 1 << 20));
    assertThrows(IllegalArgumentException.class, () -> new BatchOptions(1, 1 << 15, 1 << 20));
    assertThrows(
        IllegalArgumentException.class, () -> new BatchOptions(1, Integer.MAX_VALUE, 1 << 20));
    assertThrows(IllegalArgumentException.class, () -> new BatchOptions(1, 1 << 20, 1 << 30));
    assertThrows(
        IllegalArgumentException.class,
        () -> MachineOptions.defaults().withThreads(1).withMemoryBytes(1 << 20).withReadBytes(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> MachineOptions.defaults().withThreads(0).withMemoryBytes(1 << 20));
    assertThrows(IllegalArgumentException.class, () -> OutputOptions.defaults().withWriteBytes(0));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            TagOptions.defaults()
                .withListed(List.of(TagType.parse("NM:i"), TagType.parse("NM:Z"))));
  }

  @Test
  void memoryBoundsWorkersAndTheLargestRecord() {
    BatchOptions batches = new BatchOptions(20_000, 1 << 20, 8 << 20);
    ConvertOptions options = ConvertOptions.defaults().withBatches(batches);
    long chunk = (1 << 20) + 4L * (8 << 20);
    for (int workers : new int[] {1, 2, 5, 8}) {
      MachineOptions machine =
          MachineOptions.defaults().withThreads(8).withMemoryBytes(workers * chunk + 5);
      assertEquals(workers, MemoryPlan.of(options.withMachine(machine)).workers());
    }
    MachineOptions little = MachineOptions.defaults().withThreads(8).withMemoryBytes(1 << 20);
    assertEquals(1, MemoryPlan.of(options.withMachine(little)).workers());
    assertEquals(1 << 20, MemoryPlan.of(options.withMachine(little)).maxRecord());
    MachineOptions much =
        MachineOptions.defaults()
            .withStrategy(Strategy.SEQUENTIAL)
            .withThreads(8)
            .withMemoryBytes(1L << 50);
    assertEquals(1, MemoryPlan.of(options.withMachine(much)).workers());
    assertEquals(1 << 28, MemoryPlan.of(options.withMachine(much)).maxRecord());
  }

  private ArrowFileReader file(String name, BufferAllocator allocator) throws IOException {
    return new ArrowFileReader(Files.newByteChannel(Path.of(name)), allocator, Codecs.FACTORY);
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static final class Watched implements ByteSource {
    private final BytesSource source;
    private boolean closed;

    Watched(byte[] bytes) {
      source = new BytesSource("watched", bytes);
    }

    @Override
    public String name() {
      return source.name();
    }

    @Override
    public long size() {
      return source.size();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      return source.read(position, target, offset, length);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
