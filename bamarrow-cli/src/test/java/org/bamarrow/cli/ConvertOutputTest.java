package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The output of {@code convert}: format, compression, report, rows. */
class ConvertOutputTest extends ConvertCommands {
  private static boolean isFile(Path path) throws IOException {
    return Arrays.equals("ARROW1".getBytes(), Arrays.copyOf(Files.readAllBytes(path), 6));
  }

  @Test
  void theFormatFollowsTheName() throws IOException {
    Path stream = folder.resolve("out.arrows");
    assertEquals(0, Cli.run("convert", bam, out).code());
    assertEquals(0, Cli.run("convert", bam, stream).code());
    assertTrue(isFile(out));
    assertFalse(isFile(stream));
    try (InputStream in = Files.newInputStream(stream)) {
      assertEquals(ArrowTable.file(out).rows(), ArrowTable.stream(in).rows());
    }
  }

  @Test
  void theFormatCanBeChosen() throws IOException {
    Path named = folder.resolve("out.arrows");
    assertEquals(0, Cli.run("convert", "--format", "stream", bam, out).code());
    assertEquals(0, Cli.run("convert", "--format", "file", bam, named).code());
    assertFalse(isFile(out));
    assertTrue(isFile(named));
  }

  @ParameterizedTest
  @ValueSource(strings = {"lz4", "zstd", "zstd:1", "zstd:19"})
  void compressionMakesItSmallerAndKeepsTheRows(String compression) throws IOException {
    Path packed = folder.resolve("packed.arrow");
    Cli.run("convert", bam, out);
    assertEquals(0, Cli.run("convert", "--compression", compression, bam, packed).code());
    assertTrue(Files.size(packed) < Files.size(out), compression);
    assertEquals(ArrowTable.file(out).rows(), ArrowTable.file(packed).rows());
  }

  @Test
  void theLevelOfZstdCounts() throws IOException {
    Path best = folder.resolve("best.arrow");
    Cli.run("convert", "--compression", "zstd:1", bam, out);
    Cli.run("convert", "--compression", "zstd:19", bam, best);
    assertTrue(Files.size(best) < Files.size(out));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "zstd:0", "zstd:23", "lz4:3", "zstd:"})
  void unknownCompressionIsAUsageError(String compression) {
    assertEquals(2, Cli.run("convert", "--compression", compression, bam, out).code());
  }

  @Test
  void anExistingFileIsReplacedOnlyByForce() throws IOException {
    Files.writeString(out, "mine");
    Cli.Result refused = Cli.run("convert", bam, out);
    assertEquals(2, refused.code());
    assertTrue(refused.err().contains("already exists; use --force"), refused.err());
    assertEquals("mine", Files.readString(out));
    assertEquals(0, Cli.run("convert", "--force", "--durable", bam, out).code());
    assertTrue(isFile(out));
    assertEquals(List.of("in.bam", "out.arrow"), Cli.names(folder));
  }

  @Test
  void quietSaysNothing() {
    Cli.Result result = Cli.run("convert", "--quiet", bam, out);
    assertEquals("", result.err() + result.out());
    assertEquals(2, Cli.run("convert", "--quiet", "-v", bam, out).code());
    result = Cli.run("convert", "--quiet", "--preset", "diagnostic", "--force", bam, out);
    assertEquals("", result.err() + result.out());
  }

  @Test
  void theReportTellsWhatWasDone() {
    Cli.Result result = Cli.run("convert", bam, out);
    assertEquals("", result.out());
    assertTrue(result.err().contains("200 of 200 records"), result.err());
    Cli.Result wordy = Cli.run("convert", "-v", "--force", bam, out);
    assertTrue(wordy.err().contains("--strategy pipeline"), wordy.err());
    assertTrue(wordy.err().contains("inflate"), wordy.err());
    assertTrue(wordy.err().contains("header sha256"), wordy.err());
  }

  @Test
  void severalFilesBecomeOneInOrder() throws IOException {
    Path other = Cli.bam(folder, "other.bam", 2);
    Cli.run("convert", "--columns", "qname,file", bam, other, bam, out);
    ArrowTable table = ArrowTable.file(out);
    assertEquals(600, table.rows().size());
    List<String> files = table.column("file");
    assertTrue(files.get(199).endsWith("in.bam") && files.get(200).endsWith("other.bam"));
    assertEquals(table.column("qname").subList(0, 200), table.column("qname").subList(400, 600));
  }

  @Test
  void theLimitIsExactAcrossFiles() throws IOException {
    for (int limit : new int[] {0, 1, 200, 250, 400, 999}) {
      Cli.run("convert", "--force", "--limit", limit, bam, bam, out);
      assertEquals(Math.min(limit, 400), ArrowTable.file(out).rows().size());
    }
    assertEquals(2, Cli.run("convert", "--limit", -2, bam, out).code());
  }

  @Test
  void filtersLeaveTheSameRowsAsCountCounts() throws IOException {
    Path names = Files.writeString(folder.resolve("names"), "nobody\n");
    Cli.run("convert", bam, out);
    List<String> flags = ArrowTable.file(out).column("flag");
    Stream<List<Object>> filters =
        Stream.of(
            List.of("-f", "REVERSE"),
            List.of("-F", "0x10"),
            List.of("-G", "UNMAP,MUNMAP"),
            List.of("-q", "30"),
            List.of("-r", "rg2"),
            List.of("-d", "NM:0"),
            List.of("-N", names),
            List.of("-s", "3.5"));
    for (List<Object> filter : filters.toList()) {
      Object option = filter.get(0);
      Object value = filter.get(1);
      Cli.run("convert", "--force", option, value, bam, out);
      int rows = ArrowTable.file(out).rows().size();
      assertTrue(rows < flags.size(), option + " changes nothing");
      assertEquals(rows + "\n", Cli.run("count", option, value, bam).out(), "" + option);
    }
    long reverse = flags.stream().filter(flag -> (Integer.parseInt(flag) & 16) != 0).count();
    assertEquals(reverse + "\n", Cli.run("count", "-f", "16", bam).out());
  }
}
