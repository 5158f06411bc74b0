package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * PySpark as it comes from PyPI reads through the Spark jar alone, whatever Python asks of a scan.
 */
class PySparkTest {
  private static final List<String> TYPED = List.of("NM:i", "AS:i", "MD:Z", "RG:Z");

  @TempDir static Path folder;

  /** A short list on each interpreter; all on some. */
  @TestFactory
  Stream<DynamicTest> everyReadComesWithEveryColumn() throws IOException {
    Path manifest = manifest(PySpark.jar());
    List<PySpark> interpreters = PySpark.all();
    List<DynamicTest> tests = new ArrayList<>();
    PySpark newest = interpreters.get(interpreters.size() - 1);
    for (PySpark python : interpreters) {
      tests.add(
          isThorough(python, newest)
              ? test(python, "classic", "whole", manifest)
              : test(python, "kryo", "short", manifest));
    }
    return tests.stream();
  }

  /** On the newest, whose server is a process of its own. */
  @TestFactory
  @Tag("machines")
  Stream<DynamicTest> everyReadComesThroughConnect() throws IOException {
    return Stream.of(test(PySpark.newest(), "connect", "whole", manifest(PySpark.jar())));
  }

  /** The newest, and 4.1, which managed platforms run. */
  private static boolean isThorough(PySpark python, PySpark newest) {
    return python == newest || python.version().startsWith("4.1.");
  }

  /** What the fast tests leave out: a session of each takes minutes. */
  @TestFactory
  @Tag("full")
  Stream<DynamicTest> everyReadComesOnOlderSparksToo() throws IOException {
    Path manifest = manifest(PySpark.jar());
    List<PySpark> interpreters = PySpark.all();
    PySpark newest = interpreters.get(interpreters.size() - 1);
    List<DynamicTest> tests = new ArrayList<>();
    for (PySpark python : interpreters) {
      if (!isThorough(python, newest)) {
        tests.add(test(python, "classic", "whole", manifest));
      }
      if (python != newest) {
        tests.add(test(python, "connect", "whole", manifest));
      }
    }
    return tests.stream();
  }

  /** Each interpreter, with registered classes only. */
  @TestFactory
  @Tag("full")
  Stream<DynamicTest> pythonFunctionsWorkUnderKryo() throws IOException {
    Path manifest = manifest(PySpark.jar());
    return PySpark.all().stream().map(python -> test(python, "kryo", "python", manifest));
  }

  private static DynamicTest test(PySpark python, String how, String scope, Path manifest) {
    return DynamicTest.dynamicTest(
        "Spark " + python.version() + " " + how, () -> check(python, how, scope, manifest));
  }

  /** What users sent in, as they sent it: Python functions and Kryo, in one session. */
  @TestFactory
  Stream<DynamicTest> whatFailedForUsersWorks() throws IOException {
    return cases(true);
  }

  @TestFactory
  @Tag("full")
  Stream<DynamicTest> whatFailedForUsersWorksOnOlderSparksToo() throws IOException {
    return cases(false);
  }

  private static Stream<DynamicTest> cases(boolean thorough) throws IOException {
    Path jar = PySpark.jar();
    Path cases = Corpus.shared("cases/spark");
    assumeTrue(Files.exists(cases.resolve("udf.py")), "no " + cases);
    Path bam = folder.resolve("cases.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, 60_000, 3));
    List<PySpark> all = PySpark.all();
    PySpark newest = all.get(all.size() - 1);
    return all.stream()
        .filter(python -> isThorough(python, newest) == thorough)
        .map(
            python ->
                DynamicTest.dynamicTest(
                    "Spark " + python.version(), () -> checkCases(python, cases, jar, bam)));
  }

  private static void checkCases(PySpark python, Path cases, Path jar, Path bam)
      throws IOException {
    python.requireJava();
    Path out = folder.resolve("cases-" + python.version());
    String text =
        python
            .run(
                PySpark.script("sparkcases.py"),
                cases.toString(),
                jar.toString(),
                bam.toString(),
                out.toString())
            .orFail()
            .text();
    System.out.print(text);
    List<String> answers = text.lines().filter(line -> !line.equals(python.version())).toList();
    assertEquals(
        List.of("EQUAL", "EQUAL", "EQUAL", "OK", "OK", "OK", "OK", "OK"),
        answers.stream().map(line -> line.split(" ")[0]).toList(),
        text);
    assertTrue(answers.get(answers.size() - 1).endsWith("read back 60000"), text);
  }

  private static void check(PySpark python, String how, String scope, Path manifest)
      throws IOException {
    python.requireJava();
    if (how.equals("connect")) {
      python.requireConnect();
    }
    Programs.Result result =
        python.run(PySpark.script("sparkchecks.py"), how, scope, manifest.toString());
    System.out.print(result.text());
    result.orFail();
    assertTrue(result.text().contains("Spark " + python.version() + " " + how), result.text());
  }

  /** Made once: several methods need it. */
  private static Path manifest(Path jar) throws IOException {
    Path json = folder.resolve("manifest.json");
    if (Files.exists(json)) {
      return json;
    }
    Path synth = folder.resolve("short.bam");
    SynthBam.write(synth, SynthOptions.of(SynthProfile.SHORT, 5_000, 8));
    List<Map<String, Object>> reads = new ArrayList<>();
    reads.add(entry(synth, true));
    if (Corpus.isThere()) {
      reads.add(entry(Corpus.file("Hadoop-BAM/src__test__resources__test.bam"), false));
      reads.add(entry(Corpus.file("/samtools+htslib/test__range.bam"), true));
      reads.add(entry(Corpus.file("__NA12878.slice.bam"), true));
    }
    Map<String, Object> manifest = new HashMap<>(Map.of("jar", jar.toString()));
    manifest.put("reads", reads);
    new ObjectMapper().writeValue(json.toFile(), manifest);
    return json;
  }

  private static Map<String, Object> entry(Path bam, boolean sound) throws IOException {
    Path arrow = folder.resolve(bam.getFileName() + ".arrow");
    TagOptions tags = TagOptions.defaults().withListed(TYPED.stream().map(TagType::parse).toList());
    Conversions.convert(
        bam, arrow, ConvertOptions.defaults().withTags(tags).withAllowMissingEof(!sound));
    return Map.of("bam", bam.toString(), "arrow", arrow.toString(), "typed", TYPED, "sound", sound);
  }
}
