package org.bamarrow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.bam.BamBytes;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.internal.ipc.Codecs;
import org.bamarrow.internal.read.MemoryPlan;
import org.bamarrow.io.BamFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The library from outside: conversion, report, metadata. */
@Timeout(120)
class ApiTest extends ConvertedBams {
  @Test
  void theSameInputAndOptionsGiveTheSameBytesWithAnyStrategyAndThreads() throws IOException {
    List<String> sources = List.of(bam("a.bam", 2000), bam("b.bam", 1), bam("c.bam", 900));
    for (Compression compression : Compression.values()) {
      for (Format format : Format.values()) {
        OutputOptions output = output(format, compression);
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
  void fileAndStreamHaveTheSameContent(Compression compression) throws IOException {
    List<String> sources = List.of(bam("a.bam", 1000));
    ConvertOptions options = options(Strategy.PIPELINE, 2);
    for (Format format : Format.values()) {
      OutputOptions output = output(format, compression);
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
  void theReportHasTheCounts() throws IOException {
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
    assertEquals(2, report.settings().threads());
    assertEquals("jdk", report.settings().inflater());
    try (BufferAllocator allocator = new RootAllocator();
        ArrowFileReader file = file(target("out"), allocator)) {
      assertEquals(report.batches(), file.getRecordBlocks().size());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 100, 499, 500, 501})
  void recordsBeyondTheLimitAreNotCountedAsFiltered(long limit) throws IOException {
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
  void theSchemaMetadataDescribeInputAndOptions() throws IOException {
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
  void noInputIsAnError() throws IOException {
    assertThrows(
        IllegalArgumentException.class,
        () -> BamToArrow.convert(List.of(), target("out"), ConvertOptions.defaults()));
    assertEquals(List.of(), list());
  }

  @Test
  void invalidOptionsAreErrors() {
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
  void memoryLimitsWorkersAndRecordSize() {
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
}
