package org.bamarrow.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
  private static final int RECORDS = 1_500;

  @TempDir Path folder;
  private String bam;

  @BeforeEach
  void makeBam() throws IOException {
    Path path = folder.resolve("reads.bam");
    SynthBam.write(path, SynthOptions.of(SynthProfile.SHORT, RECORDS, 3));
    bam = path.toString();
  }

  @Test
  void readsEveryOutputOfTheSmallGridBackAndFindsNothingWrong() throws IOException {
    List<SweepResult> results = Sweep.run(bam, folder, 1, SweepSettings.small(2), result -> {});
    assertEquals(16, results.size());
    for (SweepResult result : results) {
      assertNull(result.problem());
      assertEquals(RECORDS, result.rows());
    }
    assertEquals(List.of("reads.bam"), namesIn(folder), "outputs are deleted");
  }

  @Test
  void sortsTheFastestFirst() throws IOException {
    List<SweepResult> results = Sweep.run(bam, folder, 1, SweepSettings.small(1), result -> {});
    for (int i = 1; i < results.size(); i++) {
      assertTrue(results.get(i - 1).recordsPerSecond() >= results.get(i).recordsPerSecond());
    }
  }

  @Test
  void detectsAnOutputThatDiffersFromItsLikesInOneByte() throws IOException {
    Sweep sweep =
        sweep(
            (target, threads) -> {
              if (threads == 2) {
                try (RandomAccessFile file = new RandomAccessFile(target, "rw")) {
                  file.seek(file.length() / 2); // in the columns, where any byte is valid Arrow
                  int old = file.read();
                  file.seek(file.length() / 2);
                  file.write(old ^ 1);
                }
              }
            });
    for (SweepResult result : sweep.run(SweepSettings.small(2), result -> {})) {
      boolean uncompressed =
          result.settings().compression() == org.bamarrow.convert.Compression.NONE;
      if (result.settings().threads() == 1) {
        assertNull(result.problem());
      } else if (uncompressed) {
        assertTrue(result.problem().contains("differs from an earlier one"), result.problem());
      } else {
        assertTrue(result.problem() != null);
      }
    }
  }

  @Test
  void detectsAnOutputThatIsCutShort() throws IOException {
    Sweep sweep =
        sweep(
            (target, threads) -> {
              try (RandomAccessFile file = new RandomAccessFile(target, "rw")) {
                file.setLength(file.length() / 2);
              }
            });
    for (SweepResult result : sweep.run(SweepSettings.small(1), result -> {})) {
      assertTrue(result.problem() != null);
      assertEquals(0, result.recordsPerSecond());
    }
  }

  @Test
  void detectsRowsThatAreMissing() throws IOException {
    Sweep.Converter firstThousand =
        (sources, target, options) -> {
          RowOptions all = options.rows();
          RowOptions limited =
              all.withReadGroups(null)
                  .withTag(null)
                  .withTagValues(null)
                  .withNames(null)
                  .withFraction(1)
                  .withSeed(0)
                  .withLimit(1000);
          return BamToArrow.convert(sources, target, options.withRows(limited));
        };
    List<SweepResult> results =
        new Sweep(bam, folder, 1, firstThousand).run(SweepSettings.small(1), result -> {});
    assertEquals("the output has 1000 rows, expected 1500", results.get(0).problem());
  }

  @Test
  void theWideGridVariesEverySetting() {
    List<SweepSettings> grid = SweepSettings.wide(6);
    assertEquals(70, SweepSettings.wide(2).size());
    assertEquals(grid.size(), Set.copyOf(grid).size(), "no duplicate point");
    assertEquals(
        Set.of(1, 2, 4, 6), grid.stream().map(SweepSettings::threads).collect(Collectors.toSet()));
    assertEquals(3, grid.stream().map(SweepSettings::readBytes).distinct().count());
    assertEquals(3, grid.stream().map(SweepSettings::writeBytes).distinct().count());
    assertEquals(3, grid.stream().map(SweepSettings::compression).distinct().count());
  }

  /** Does something to each output. */
  private interface Damage {
    void to(String target, int threads) throws IOException;
  }

  private Sweep sweep(Damage damage) {
    return new Sweep(
        bam,
        folder,
        1,
        (sources, target, options) -> {
          ConvertReport report = BamToArrow.convert(sources, target, options);
          damage.to(target, options.machine().threads());
          return report;
        });
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
