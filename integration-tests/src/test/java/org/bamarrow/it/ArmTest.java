package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    String properties = Programs.run(java, "-XshowSettings:properties", "-version").orFail().err();
    assertTrue(properties.contains("os.arch = aarch64"), properties);
  }

  private static Programs.Result onArm(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(java, "-Xmx1g", "-jar", jar));
    command.addAll(List.of(words));
    return Programs.run(command);
  }

  private static Path bam(SynthProfile profile, int records) throws IOException {
    Path bam = folder.resolve(profile.label() + ".bam");
    if (!Files.exists(bam)) {
      SynthBam.write(bam, SynthOptions.of(profile, records, 5));
    }
    return bam;
  }

  private static void assertSameBytes(Path bam, String inflater, String used) throws IOException {
    Path expected = folder.resolve("here.arrow");
    Path arrow = folder.resolve("arm.arrow");
    Conversions.convert(bam, expected, Conversions.WHOLE);
    List<String> words = new ArrayList<>(List.of("convert", "--verbose", "--inflater", inflater));
    words.addAll(List.of("--tags", "none", "--other-tags", "all"));
    words.addAll(List.of(bam.toString(), arrow.toString()));
    Programs.Result converted = onArm(words.toArray(String[]::new)).orFail();
    assertTrue(converted.err().contains(" --inflater " + used + "\n"), converted.err());
    assertEquals(-1, Files.mismatch(expected, arrow), bam.toString());
    Files.delete(expected);
    Files.delete(arrow);
  }

  @ParameterizedTest
  @ValueSource(strings = {"libdeflate", "java", "jdk"})
  void everyInflaterGivesTheBytesOfThisMachine(String inflater) throws IOException {
    assertSameBytes(bam(SynthProfile.SHORT, 3000), inflater, inflater);
  }

  @Test
  void gklIsForOtherProcessors() throws IOException {
    String bam = bam(SynthProfile.SHORT, 3000).toString();
    Programs.Result refused = onArm("count", "--inflater", "gkl", bam);
    assertEquals(2, refused.code(), refused.err());
    assertTrue(refused.err().contains("this JVM runs on aarch64"), refused.err());
  }

  @Test
  void readsOfEveryKindGiveTheBytesOfThisMachine() throws IOException {
    assertSameBytes(bam(SynthProfile.EDGE, 3000), "auto", "libdeflate");
    assertSameBytes(bam(SynthProfile.LONG, 30), "auto", "libdeflate");
  }

  /** With tags of every integer type. */
  @Test
  void aFileOfTheCorpusGivesTheBytesOfThisMachine() throws IOException {
    assertSameBytes(Corpus.file("NA12878.slice.bam"), "auto", "libdeflate");
  }

  @Test
  void theDemoRuns() throws IOException {
    String shown = onArm("demo", "--records", "3000").orFail().text();
    assertTrue(shown.contains("The first rows:"), shown);
  }
}
