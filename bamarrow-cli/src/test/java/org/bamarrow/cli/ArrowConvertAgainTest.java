package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bamarrow.internal.ipc.OtherFooter;
import org.bamarrow.internal.ipc.ZoneFiles;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;

/** Conversions of Arrow data whose zones have several batches, or whose tags were left out. */
class ArrowConvertAgainTest extends ArrowConversions {
  @Test
  void partsHaveWholeGroupsOfBatches() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 2_000, 1));
    Path file = convert(bam, "--format", "file", "--batch-rows", 100);
    Path grouped = folder.resolve("grouped.arrow");
    Files.write(grouped, OtherFooter.bytes(file, ZoneFiles.read(file).merged(8)));
    Path parts = folder.resolve("parts");
    out("convert", "--quiet", "--parts", 4, grouped, parts);
    assertEquals(3, Manifest.read(new LocalPartStore(parts.toString(), false)).parts().size());
    verify("", bam, parts);
    Path part =
        parts.resolve(
            Manifest.read(new LocalPartStore(parts.toString(), false)).parts().get(0).name());
    refused("is or contains an input", "convert", "--force", "--parts", 2, part, parts);
    refused("is or contains an input", "convert", "--force", "--parts", 2, parts, parts);
    assertEquals(0, run("verify", bam, parts).code());
    assertEquals(out("count", "-q", 30, bam), out("count", "-q", 30, parts));
  }

  @Test
  void filtersByTagsThatWereLeftOutAreRefused() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 300, 1));
    Path arrow = convert(bam);
    for (Path some :
        List.of(
            convert(arrow, "--tags", "NM:i"),
            convert(convert(arrow, "--tags", "none"), "--compression", "zstd"))) {
      refused("the filters need tags.AS,", "count", "-e", "[AS] > 30", some);
      refused("the filters need tags.AS,", "convert", "-d", "AS", some, folder.resolve("x"));
      refused("the filters need tags.RG,", "count", "-r", "a", some);
      assertEquals(out("count", "-d", "Q9", bam), out("count", "-d", "Q9", some));
    }
    Path all = convert(convert(bam, "--other-tags", "all"), "--tags", "none");
    assertEquals(out("count", "-e", "[AS] > 30", bam), out("count", "-e", "[AS] > 30", all));
  }
}
