package org.bamarrow.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bamarrow.BamToArrow;
import org.bamarrow.internal.bam.BamBytes;
import org.bamarrow.internal.bam.RecordBytes;
import org.bamarrow.internal.bgzf.BgzfBytes;
import org.bamarrow.io.BamFormatException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files written past the page cache. */
@Timeout(120)
final class DirectIoTest {
  @TempDir private Path folder;
  private Path bam;

  @BeforeEach
  void makeABam() throws IOException {
    BamBytes bytes = new BamBytes(new byte[0]);
    for (int i = 0; i < 9000; i++) {
      bytes.add(new RecordBytes().name("read" + i).flag(4).text("MD", "x".repeat(i % 800)));
    }
    byte[] blocks = new BgzfBytes(0).blocks(bytes.bytes(), () -> 9001).end().bytes();
    bam = Files.write(folder.resolve("in.bam"), blocks);
  }

  private ConvertReport convert(
      String name, Format format, DirectIo mode, Strategy strategy, int threads)
      throws IOException {
    OutputOptions output =
        OutputOptions.defaults()
            .withFormat(format)
            .withWriteBytes(1 << 14)
            .withForce(true)
            .withDurable(true);
    ConvertOptions options =
        ConvertOptions.defaults()
            .withBatches(new BatchOptions(250, 1 << 16, 1 << 17))
            .withMachine(
                MachineOptions.defaults()
                    .withStrategy(strategy)
                    .withThreads(threads)
                    .withInflater(Inflater.JDK)
                    .withMemoryBytes(256 << 20)
                    .withReadBytes(1 << 16))
            .withOutput(output.withDirectIo(mode));
    return BamToArrow.convert(List.of(bam.toString()), folder.resolve(name).toString(), options);
  }

  @Test
  void theBytesAreThoseWithoutDirectIoForAnyStrategyAndThreads() throws IOException {
    for (Format format : Format.values()) {
      ConvertReport cached = convert("cached", format, DirectIo.NEVER, Strategy.SEQUENTIAL, 1);
      byte[] expected = Files.readAllBytes(folder.resolve("cached"));
      assertTrue(expected.length > 3 << 20, "several blocks");
      assertEquals(0, cached.bytesDirect());
      assertEquals(DirectIo.NEVER, cached.settings().directIo());
      for (Strategy strategy : Strategy.values()) {
        for (int threads : new int[] {1, 2, 5}) {
          ConvertReport report = convert("direct", format, DirectIo.ALWAYS, strategy, threads);
          assertArrayEquals(
              expected, Files.readAllBytes(folder.resolve("direct")), strategy + " " + threads);
          // a segment that came before its turn is copied within the page cache
          long least = strategy == Strategy.SEGMENTS ? 1 : 3 << 20;
          assertTrue(report.bytesDirect() >= least, strategy + ": " + report.bytesDirect());
          assertEquals(DirectIo.ALWAYS, report.settings().directIo());
        }
      }
    }
  }

  @Test
  void directIoForOtherOutputsIsRejected() {
    OutputOptions output =
        OutputOptions.defaults().withFormat(Format.STREAM).withWriteBytes(1 << 14).withForce(true);
    ConvertOptions options =
        ConvertOptions.defaults().withOutput(output.withDirectIo(DirectIo.ALWAYS));
    IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class,
            () -> BamToArrow.convert(List.of(bam.toString()), "/dev/null", options));
    assertTrue(
        error.getMessage().contains("OutputOptions.withDirectIo(ALWAYS)"), error.getMessage());
  }

  @Test
  void aFailureLeavesNoFiles() throws IOException {
    byte[] broken = Files.readAllBytes(bam);
    broken[broken.length / 2] ^= 1;
    Files.write(bam, broken);
    assertThrows(
        BamFormatException.class,
        () -> convert("out", Format.FILE, DirectIo.ALWAYS, Strategy.PIPELINE, 2));
    try (var left = Files.list(folder)) {
      assertEquals(List.of(bam), left.toList());
    }
  }
}
