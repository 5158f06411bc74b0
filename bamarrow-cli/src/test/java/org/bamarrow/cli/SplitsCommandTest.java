package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bamarrow.io.VirtualOffset;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitsCommandTest {
  private static final int RECORDS = 3_000;

  @TempDir private static Path folder;
  private static Path bam;

  @BeforeAll
  static void makeInput() throws IOException {
    SynthOptions options = SynthOptions.of(SynthProfile.EDGE, RECORDS, 5);
    bam = Cli.bam(folder, "in.bam", options.withBlocks(false, 6, 20_000));
  }

  private static JsonNode json(Object... words) throws IOException {
    Cli.Result result = Cli.run(words);
    assertEquals(0, result.code(), result.err());
    return new ObjectMapper().readTree(result.out());
  }

  @Test
  void splitsJoinFromTheFirstByteToTheLastAndTheCheckCountsEveryRecord() throws IOException {
    for (int count : new int[] {1, 2, 7, 500}) {
      JsonNode plan = json("splits", "--splits", count, "--check", "--json", bam);
      long at = 0;
      long records = 0;
      for (JsonNode split : plan.get("splits")) {
        assertEquals(at, split.get("begin").asLong());
        at = split.get("end").asLong();
        records += split.get("records").asLong();
        if (split.get("start").isNull()) {
          assertEquals(0, split.get("records").asLong());
        } else {
          long start = split.get("start").asLong();
          assertEquals(VirtualOffset.block(start), split.get("block").asLong());
          assertEquals(VirtualOffset.within(start), split.get("within").asLong());
          assertTrue(VirtualOffset.block(start) < at);
        }
      }
      assertEquals(count, plan.get("splits").size());
      assertEquals(Files.size(bam), at);
      assertEquals(RECORDS, records);
    }
  }

  @Test
  void theTableHasALineASplit() {
    Cli.Result result = Cli.run("splits", "--split-size", "64K", bam);
    assertEquals(0, result.code(), result.err());
    String[] lines = result.out().split("\n");
    assertTrue(lines[0].strip().startsWith("split") && !lines[0].contains("records"), lines[0]);
    assertTrue(lines.length > 3, result.out());
    assertTrue(Cli.run("splits", "--check", bam).out().contains("records"));
  }

  @Test
  void withoutACheckNothingIsCountedAndNothingBehindTheStartsIsRead() throws IOException {
    JsonNode plan = json("splits", "--json", bam);
    assertFalse(plan.get("checked").asBoolean());
    assertFalse(plan.get("splits").get(0).has("records"));
  }

  @Test
  void aStreamAndContradictingOptionsAreWrongUsage() {
    ByteArrayInputStream none = new ByteArrayInputStream(new byte[0]);
    assertEquals(2, Cli.run("splits", "--splits", 2, "--split-size", "1M", bam).code());
    assertEquals(2, Cli.run("splits", "--splits", 0, bam).code());
    assertEquals(1, Cli.withInput(none, "splits", "-").code(), "an empty stream is no BAM");
  }

  @Test
  void aCheckFailsWhereTheFileIsCutShort() throws IOException {
    byte[] bytes = Files.readAllBytes(bam);
    Path cut =
        Files.write(folder.resolve("cut.bam"), java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertEquals(1, Cli.run("splits", "--check", "--splits", 3, cut).code());
  }
}
