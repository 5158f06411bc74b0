package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bamarrow.ConvertOptions;
import org.bamarrow.OtherTags;
import org.bamarrow.TagOptions;
import org.bamarrow.TagType;
import org.bamarrow.TagsMode;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** PySpark as it comes from PyPI reads through the Spark jar alone. */
class PySparkTest {
  private static final List<String> TYPED = List.of("NM:i", "AS:i", "MD:Z", "RG:Z");

  @TempDir static Path folder;

  /** Each interpreter, classic and through Spark Connect. */
  @TestFactory
  Stream<DynamicTest> everyReadComesWithEveryColumn() throws IOException {
    Path jar = PySpark.jar();
    List<PySpark> interpreters = PySpark.all();
    Path manifest = manifest(jar);
    return interpreters.stream()
        .flatMap(
            python ->
                Stream.of("classic", "connect")
                    .map(
                        how ->
                            DynamicTest.dynamicTest(
                                "Spark " + python.version() + " " + how,
                                () -> check(python, how, manifest))));
  }

  private static void check(PySpark python, String how, Path manifest) throws IOException {
    python.requireJava();
    String scope = python.isOldest() ? "smoke" : "whole";
    Programs.Result result =
        python.run(PySpark.script("sparkchecks.py"), how, scope, manifest.toString());
    System.out.print(result.text());
    result.orFail();
    assertTrue(result.text().contains("Spark " + python.version() + " " + how), result.text());
  }

  private static Path manifest(Path jar) throws IOException {
    Path synth = folder.resolve("short.bam");
    SynthBam.write(synth, SynthOptions.of(SynthProfile.SHORT, 5_000, 8));
    List<Map<String, Object>> reads = new ArrayList<>();
    reads.add(entry(synth, true));
    if (Corpus.isThere()) {
      reads.add(entry(Corpus.file("Hadoop-BAM/src__test__resources__test.bam"), false));
      reads.add(entry(Corpus.file("/samtools+htslib/test__range.bam"), true));
      reads.add(entry(Corpus.file("__NA12878.slice.bam"), true));
    }
    Path json = folder.resolve("manifest.json");
    Map<String, Object> manifest = new HashMap<>(Map.of("jar", jar.toString()));
    manifest.put("reads", reads);
    new ObjectMapper().writeValue(json.toFile(), manifest);
    return json;
  }

  private static Map<String, Object> entry(Path bam, boolean sound) throws IOException {
    Path arrow = folder.resolve(bam.getFileName() + ".arrow");
    TagOptions tags =
        new TagOptions(
            TagsMode.LIST,
            TYPED.stream().map(TagType::parse).toList(),
            OtherTags.OVERFLOW,
            false,
            false);
    Conversions.convert(
        bam, arrow, ConvertOptions.defaults().with(tags).withMissingEofAllowed(!sound));
    return Map.of("bam", bam.toString(), "arrow", arrow.toString(), "typed", TYPED, "sound", sound);
  }
}
