package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.DirectIo;
import org.bamarrow.convert.Execution;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments give the bytes and the counts that one thread gives, or an error and nothing. */
class SegmentsTest {
  private static final int[] COUNTS = {1, 2, 3, 7, 50};

  /** Chunks that end by their inflated size as well as by the grid. */
  private static final BatchOptions NARROW = new BatchOptions(1_000, 1 << 18, 1 << 17);

  @TempDir private static Path folder;
  private static Path edge;
  private static Path longReads;
  private static Path ultralong;

  @BeforeAll
  static void makeInputs() throws IOException {
    edge = synth("edge", SynthOptions.of(SynthProfile.EDGE, 2_000, 3));
    longReads = synth("long", SynthOptions.of(SynthProfile.LONG, 300, 4));
    ultralong = synth("ultralong", SynthOptions.of(SynthProfile.ULTRALONG, 5, 5));
  }

  private static Path synth(String name, SynthOptions options) throws IOException {
    Path bam = folder.resolve(name + ".bam");
    SynthBam.write(bam, options.withBlocks(false, 4, 20_000));
    return bam;
  }

  @Test
  void theBytesAreThoseOfOneThreadForRecordsOfAnyLength() throws IOException {
    for (Path bam : List.of(edge, longReads, ultralong)) {
      for (BatchOptions batches : List.of(Conversions.SMALL, NARROW, BatchOptions.defaults())) {
        assertSame(List.of(bam), Conversions.WHOLE.withBatches(batches), COUNTS);
      }
    }
  }

  @Test
  void theBytesAreTheSameWithFiltersTypedTagsAndSeveralInputs() throws IOException {
    RowOptions some =
        RowOptions.defaults().withExcludeFlags(4).withMinMapq(10).withFraction(0.5).withSeed(7);
    ConvertOptions options =
        Conversions.WHOLE.withBatches(Conversions.SMALL).withTags(TagOptions.defaults());
    assertSame(List.of(edge), options.withRows(some), 1, 7, 50);
    assertSame(List.of(edge, edge), options, 1, 2, 5, 50);
    RowOptions none = RowOptions.defaults().withRequireFlags(0xfff).withExcludeFlags(0xfff);
    assertSame(List.of(edge), options.withRows(none), 7);
  }

  @Test
  void theBytesAreTheSameForStreamsAndCompressedBodies() throws IOException {
    ConvertOptions options = Conversions.WHOLE.withBatches(Conversions.SMALL);
    for (Format format : Format.values()) {
      for (Compression compression : Compression.values()) {
        OutputOptions output =
            OutputOptions.defaults()
                .withFormat(format)
                .withCompression(compression)
                .withWriteBytes(1 << 12);
        assertSame(List.of(longReads), options.withOutput(output), 2, 7);
        assertSame(
            List.of(longReads), options.withOutput(output.withDirectIo(DirectIo.ALWAYS)), 2, 7);
      }
    }
  }

  @Test
  void theBytesThroughAPipeAreTheSame() throws Exception {
    ConvertOptions options =
        Conversions.WHOLE
            .withBatches(Conversions.SMALL)
            .withOutput(OutputOptions.defaults().withFormat(Format.STREAM).withWriteBytes(1 << 12));
    Path one = folder.resolve("one.arrows");
    Conversions.convert(longReads, one, options);
    Path fifo = folder.resolve("pipe");
    try {
      assumeTrue(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor() == 0);
    } catch (IOException e) {
      assumeTrue(false, "no mkfifo: " + e.getMessage());
    }
    CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> bytes(fifo));
    Conversions.convert(longReads, fifo, options.withMachine(segments(7)));
    assertArrayEquals(Files.readAllBytes(one), read.get());
    Files.delete(one);
    Files.delete(fifo);
  }

  private static byte[] bytes(Path pipe) {
    try (InputStream in = Files.newInputStream(pipe)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everySoundFileOfTheCorpusGivesTheBytesOfOneThread() throws IOException {
    int files = 0;
    for (Corpus.Entry entry : Corpus.entries()) {
      if (entry.sound() && Files.size(entry.bam()) <= 3 << 20) {
        ConvertOptions options = Conversions.WHOLE.withBatches(Conversions.SMALL);
        assertSame(List.of(entry.bam()), options.withAllowMissingEof(true), 3, 50);
        files++;
      }
    }
    assertTrue(files > 100, files + " files");
  }

  @Test
  @Tag("full")
  void theBytesOfLargerFilesAreThoseOfOneThread() throws IOException {
    Path large = synth("large", SynthOptions.of(SynthProfile.SHORT, 1_000_000, 6));
    Path largest = synth("ultralong-80", SynthOptions.of(SynthProfile.ULTRALONG, 80, 6));
    for (Path bam : List.of(large, largest)) {
      assertSame(List.of(bam), Conversions.WHOLE, COUNTS);
      assertSame(List.of(bam), Conversions.WHOLE.withBatches(NARROW), COUNTS);
    }
  }

  @Test
  void aLimitAndAStreamRunAsPipelineAndTheReportSaysSo() throws IOException {
    RowOptions ten = RowOptions.defaults().withLimit(10);
    ConvertOptions options = Conversions.WHOLE.withRows(ten).withMachine(segments(3));
    Path arrow = folder.resolve("limited.arrow");
    ConvertReport report = Conversions.convert(edge, arrow, options);
    assertEquals(Execution.PIPELINE, report.settings().execution());
    assertEquals(10, report.rows());
    Files.delete(arrow);
  }

  @Test
  void withoutANumberThereIsASegmentForEachThread() throws IOException {
    Path arrow = folder.resolve("default.arrow");
    ConvertReport report =
        Conversions.convert(
            ultralong,
            arrow,
            Conversions.WHOLE.withMachine(Conversions.machine(Strategy.SEGMENTS, 3)));
    assertEquals(3, report.settings().segments());
    assertEquals(3, report.settings().threads());
    Files.delete(arrow);
  }

  @Test
  void theErrorOfTheEarliestSegmentCountsAndNothingIsLeft() throws IOException {
    byte[] bytes = Files.readAllBytes(longReads);
    Path damaged = folder.resolve("damaged.bam");
    for (int place : new int[] {1, 2, 3}) {
      bytes[bytes.length / 4 * place] ^= 0x55;
    }
    Files.write(damaged, bytes);
    ConvertOptions options = Conversions.WHOLE.withBatches(Conversions.SMALL);
    String one = failure(damaged, options);
    for (int segments : new int[] {1, 2, 4, 9}) {
      assertEquals(one, failure(damaged, options.withMachine(segments(segments))));
    }
  }

  @Test
  void aFileWithoutEndMarkerIsToldAsOneThreadTellsIt() throws IOException {
    byte[] bytes = Files.readAllBytes(longReads);
    Path cut = folder.resolve("no-end.bam");
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - Bams.END_OF_FILE.length));
    ConvertOptions options = Conversions.WHOLE.withBatches(Conversions.SMALL);
    assertEquals(failure(cut, options), failure(cut, options.withMachine(segments(50))));
    assertSame(List.of(cut), options.withAllowMissingEof(true), 1, 3, 50);
  }

  @Test
  void aStartThatCannotBeProvedIsAnErrorThatNamesBothOffsets() throws IOException {
    Path bam = FakeRecords.write(folder.resolve("fake.bam"));
    ConvertOptions options = Conversions.WHOLE.withBatches(Conversions.SMALL);
    assertSame(List.of(bam), options, 1);
    String problem = failure(bam, options.withMachine(segments(2)));
    assertTrue(problem.contains("the split that ends here is followed by the record at virtual"));
    assertTrue(problem.contains("but the reader of the next split finds the record at virtual"));
    assertTrue(problem.contains("MachineOptions.withStrategy(PIPELINE)"), problem);
  }

  private static MachineOptions segments(int count) {
    return Conversions.machine(Strategy.SEGMENTS, 3).withSegments(count);
  }

  private static String failure(Path bam, ConvertOptions options) throws IOException {
    Path empty = Files.createTempDirectory(folder, "failed");
    Path arrow = empty.resolve("out.arrow");
    BamFormatException error =
        assertThrows(BamFormatException.class, () -> Conversions.convert(bam, arrow, options));
    Conversions.assertEmpty(empty, bam.toString());
    return error.getMessage();
  }

  private static void assertSame(List<Path> bams, ConvertOptions options, int... counts)
      throws IOException {
    List<String> names = bams.stream().map(Path::toString).toList();
    Path place = Files.createTempDirectory(folder, "same");
    Path one = place.resolve("one.arrow");
    ConvertReport expected = BamToArrow.convert(names, one.toString(), options);
    for (int count : counts) {
      String what = bams + ", " + count + " segments, " + options.batches();
      Path parts = place.resolve("parts.arrow");
      ConvertReport report =
          BamToArrow.convert(names, parts.toString(), options.withMachine(segments(count)));
      assertEquals(-1, Files.mismatch(one, parts), what);
      assertEquals(numbers(expected), numbers(report), what);
      assertEquals(Execution.SEGMENTS, report.settings().execution(), what);
      int used = report.settings().segments();
      assertTrue(used >= bams.size() && used <= Math.max(count, bams.size()), what);
      Files.delete(parts);
    }
    Files.delete(one);
    Conversions.assertEmpty(place, names.toString());
  }

  private static List<Object> numbers(ConvertReport report) {
    return new ArrayList<>(
        List.of(
            report.records(),
            report.rows(),
            report.batches(),
            report.blocks(),
            report.bytesIn(),
            report.bytesInflated(),
            report.bytesOut(),
            report.endMarkerSeen()));
  }
}
