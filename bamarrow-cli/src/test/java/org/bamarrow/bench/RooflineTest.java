package org.bamarrow.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bamarrow.convert.Inflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.bamarrow.synth.SynthReport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RooflineTest {
  private static final int CHUNK = 1 << 16;

  @TempDir Path folder;
  private Path bam;
  private SynthReport made;

  @BeforeEach
  void makeBam() throws IOException {
    bam = folder.resolve("reads.bam");
    made = SynthBam.write(bam, SynthOptions.of(SynthProfile.BINNED, 4_000, 5));
  }

  @Test
  void measuresConversionAndCountBesideTheirLimits() throws IOException {
    Roofline.Plan plan = new Roofline.Plan(2, Inflater.JDK, 2, CHUNK, folder, false);
    RooflineReport report = Roofline.run(bam.toString(), plan);
    assertEquals(4_000, report.records());
    assertEquals(made.inflatedBytes(), report.inflatedBytes());
    assertEquals("jdk", report.inflater());
    assertEquals(2, report.threads());
    assertEquals(2, report.convert().runs().size());
    assertEquals(2, report.inflate().runs().size());
    assertTrue(report.convertOfLimit() > 0 && report.countOfInflate() > 0);
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count(), "outputs are deleted");
    }
  }

  @Test
  void theLimitInflatesEveryBlockOnceAndWritesExactlyTheBytesAskedFor() throws IOException {
    Path out = folder.resolve("limit");
    for (int threads : new int[] {1, 3}) {
      Limit.Result result =
          Limit.run(bam.toString(), threads, InflaterKind.JDK, CHUNK, out, 3_456_789);
      assertEquals(made.blocks(), result.blocks());
      assertEquals(made.inflatedBytes(), result.inflatedBytes());
      assertEquals(3_456_789, result.writtenBytes());
      assertEquals(3_456_789, Files.size(out));
    }
  }

  @Test
  void theLimitChecksTheCrcOfEveryBlock() throws IOException {
    byte[] bytes = Files.readAllBytes(bam);
    int eof = 28;
    bytes[bytes.length - eof - 8] ^= 1; // CRC32 of the last block with data
    Files.write(bam, bytes);
    assertThrows(
        BamFormatException.class,
        () -> Limit.run(bam.toString(), 2, InflaterKind.JDK, CHUNK, null, 0));
  }

  @Test
  void aMedianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
    assertEquals(2, Median.of(java.util.List.of(3., 1., 2.)));
    assertEquals(2.5, Median.of(java.util.List.of(4., 1., 3., 2.)));
  }
}
