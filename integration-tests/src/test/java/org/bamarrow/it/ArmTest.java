package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.convert.Inflater;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The command line on the Java for ARM (aarch64) that {@code BAMARROW_ARM_JAVA} names; on another
 * processor an emulated one, which {@code .ci/arm-java} fetches.
 */
@Tag("full")
class ArmTest {
  @TempDir private static Path folder;
  private static String java;
  private static String jar;

  @BeforeAll
  static void find() throws IOException {
    java = System.getenv("BAMARROW_ARM_JAVA");
    assumeTrue(java != null, "BAMARROW_ARM_JAVA names no Java for ARM; .ci/arm-java fetches one");
    jar = System.getProperty("bamarrow.root", "..") + "/bamarrow-cli/target/bamarrow.jar";
    assumeTrue(Files.exists(Path.of(jar)), "no bamarrow.jar yet: mvn package builds it");
    String properties =
        Programs.run(java, "-XshowSettings:properties", "-version").orFail().err();
    assertTrue(properties.contains("os.arch = aarch64"), properties);
  }

  private static Programs.Result onArm(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(java, "-Xmx1g", "-jar", jar));
    command.addAll(List.of(words));
    return Programs.run(command);
  }

  /** GKL is for x86-64 alone. */
  @ParameterizedTest
  @EnumSource
  void everyInflaterButGklGivesTheBytesOfThisMachine(Inflater inflater) throws IOException {
    String word = inflater.name().toLowerCase();
    for (Path bam : bams()) {
      Path expected = folder.resolve("here.arrow");
      Path arrow = folder.resolve(word + ".arrow");
      Conversions.convert(bam, expected, Conversions.WHOLE);
      Programs.Result converted =
          onArm(
              "convert",
              "--inflater",
              word,
              "--verbose",
              "--tags",
              "none",
              "--other-tags",
              "all",
              bam.toString(),
              arrow.toString());
      if (inflater == Inflater.GKL) {
        assertEquals(1, converted.code());
        assertTrue(converted.err().contains("runs on aarch64"), converted.err());
        return;
      }
      converted.orFail();
      String used = inflater == Inflater.AUTO ? "libdeflate" : word;
      assertTrue(converted.err().contains(" --inflater " + used + "\n"), converted.err());
      assertEquals(-1, Files.mismatch(expected, arrow), bam.toString());
      Files.delete(expected);
      Files.delete(arrow);
    }
  }

  /** Short and long reads, and, where the corpus is, a small file of it. */
  private static List<Path> bams() throws IOException {
    List<Path> bams = new ArrayList<>();
    for (SynthProfile profile : List.of(SynthProfile.SHORT, SynthProfile.LONG, SynthProfile.EDGE)) {
      Path bam = folder.resolve(profile + ".bam");
      if (!Files.exists(bam)) {
        SynthBam.write(bam, SynthOptions.of(profile, profile == SynthProfile.LONG ? 50 : 5000, 5));
      }
      bams.add(bam);
    }
    return bams;
  }

  @Test
  void theDemoRuns() throws IOException {
    String shown = onArm("demo", "--records", "20000").orFail().text();
    assertTrue(shown.contains("The first rows:"), shown);
  }
}
