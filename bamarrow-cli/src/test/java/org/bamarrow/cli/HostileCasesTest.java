package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made to lose records or to take time and memory without end. */
class HostileCasesTest {
  private static final Path CASES =
      Path.of(System.getProperty("bamarrow.shared", "../../shared"), "cases", "hostile");

  @TempDir Path folder;

  private static Path file(String name) {
    Assumptions.assumeTrue(Files.isDirectory(CASES), "no cases at " + CASES);
    return CASES.resolve(name);
  }

  private static Cli.Result count(String index, Path bam) {
    return Cli.run("count", "-X", index, "--region", "20:10000200-10000300", bam);
  }

  /**
   * A copy of an index, written after the BAM: an index that looks older is a warning of its own.
   */
  private Path index(String name) throws IOException {
    Path copy = Files.copy(file(name), folder.resolve(Path.of(name).getFileName()));
    return Files.setLastModifiedTime(copy, FileTime.from(Instant.now()));
  }

  @Test
  void anIndexWithOneWrongBitGivesAllRowsAndOneLine() throws IOException {
    Path bam = file("index-bitflip/x.bam");
    assertEquals("162\n", count("off", bam).out());
    Cli.Result good = count(index("index-bitflip/good.bai").toString(), bam);
    assertEquals("162\n", good.out());
    assertEquals("", good.err());
    for (String name : new String[] {"bin.bai", "linear.bai"}) {
      Path index = index("index-bitflip/" + name);
      Cli.Result wrong = count(index.toString(), bam);
      assertEquals("162\n", wrong.out());
      assertEquals(0, wrong.code());
      assertEquals(1, wrong.err().lines().count(), wrong.err());
      assertTrue(wrong.err().contains("index " + index + " is not used: "), wrong.err());
      assertTrue(wrong.err().contains("samtools index; reading the whole file"), wrong.err());
    }
  }

  @Test
  void anIndexThatClaimsOtherReferencesTakesNoMemory() {
    Path bam = file("index-oom/x.bam");
    for (String name : new String[] {"zeros.csi", "zeros20.csi"}) {
      Cli.Result result = count(file("index-oom/" + name).toString(), bam);
      assertEquals("162\n", result.out(), result.err());
      assertTrue(result.err().contains("references, the header of the file has 2"), result.err());
    }
  }

  @Test
  void aRecordThatSpellsTheMagicIsARecord() {
    Cli.Result result = Cli.run("count", file("magic-size/x.bam"));
    assertEquals("1\n", result.out(), result.err());
  }

  @Test
  void aSecondHeaderIsStillTold() throws IOException {
    byte[] bam = Files.readAllBytes(file("index-bitflip/x.bam"));
    Path both = folder.resolve("both.bam");
    Files.write(both, bam);
    Files.write(both, bam, java.nio.file.StandardOpenOption.APPEND);
    Cli.Result result = Cli.run("count", both);
    assertEquals(1, result.code());
    assertTrue(result.err().contains("second BAM header instead of a record"), result.err());
  }
}
