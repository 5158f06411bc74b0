package org.bamarrow.spark.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.bamarrow.cli.ConvertOptionsParser;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.Strategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkOptionsTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("bamarrow.root", ".."), "docs", "spark.md");

  @Test
  void namesAreTheSameInAnyCaseAndWithHyphens() {
    for (String name : List.of("otherTags", "other-tags", "OTHERTAGS", "othertags")) {
      assertEquals(
          OtherTags.ALL, new SparkOptions(Map.of(name, "all")).convert().tags().other(), name);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> new SparkOptions(Map.of("other-tags", "all", "otherTags", "none")));
  }

  @Test
  void anUnknownOptionNamesTheNearest() {
    assertRefused("bamarrow has no option 'otherTag'; did you mean otherTags?", "otherTag", "all");
    assertRefused("did you mean chunkBytes?", "chunkbyte", "1M");
  }

  @Test
  void optionsOfSparkAndHadoopAreNotUnknown() {
    new SparkOptions(
        Map.of(
            "fs.s3a.endpoint", "x",
            "provider", "bamarrow",
            "owner", "me",
            "option.path", "x",
            "transient_lastDdlTime", "1"));
  }

  @Test
  void listsArePackedOrPlainAndErrorsNameTheOption(@TempDir Path folder) throws IOException {
    Path gzip = folder.resolve("names.tsv.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write("\ufeffa\nb\n".getBytes(StandardCharsets.UTF_8));
    }
    Path utf16 = Files.write(folder.resolve("utf16"), "a\n".getBytes(StandardCharsets.UTF_16));
    for (String option : List.of("qnameFile", "readGroupFile", "tagFile")) {
      String before = option.equals("tagFile") ? "CB:" : "";
      var rows = new SparkOptions(Map.of(option, before + gzip)).convert().rows();
      Set<String> list =
          option.equals("tagFile")
              ? rows.tagValues()
              : option.equals("qnameFile") ? rows.names() : rows.readGroups();
      assertEquals(Set.of("a", "b"), Set.copyOf(list), option);
      assertRefused(option + " " + utf16 + ": it is UTF-16", option, before + utf16);
    }
  }

  @Test
  void errorsOfValuesNameTheOptionAsItIsCalledHere() {
    assertRefused("textEncoding", "text-encoding", "utf-16");
    assertRefused("minMQ", "minMQ", "256");
    assertRefused("option splitting: 'guess' is not one of blocks, file", "splitting", "guess");
    assertRefused("is not a size", "splitBytes", "many");
    assertRefused("ignoreCorruptFiles cannot be true", "ignoreCorruptFiles", "true");
    assertRefused("not true or false", "mergeSchema", "perhaps", SparkOption.MERGE_SCHEMA);
    assertRefused("'maybe' is not true or false", "allowMissingEof", "maybe");
  }

  private static void assertRefused(String why, String name, String value) {
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SparkOptions(Map.of(name, value)).size(SparkOption.SPLIT_BYTES, 0));
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
    assertFalse(refused.getMessage().contains("--"), refused.getMessage());
  }

  private static void assertRefused(String why, String name, String value, SparkOption flag) {
    Exception refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SparkOptions(Map.of(name, value)).flag(flag, true));
    assertTrue(refused.getMessage().contains(why), refused.getMessage());
  }

  @Test
  void valuesHaveTheCommandLinesMeanings() {
    ConvertOptions options =
        new SparkOptions(
                Map.of(
                    "readGroup", "a, b", "sequence", "false", "memory", "64M", "chunkBytes", "1M"))
            .convert();
    assertEquals(Set.of("a", "b"), Set.copyOf(options.rows().readGroups()));
    assertFalse(options.columns().names().contains("seq"));
    assertEquals(64 << 20, options.machine().memoryBytes());
    assertEquals(1 << 20, options.batches().chunkBytes());
    assertEquals(Strategy.SEQUENTIAL, options.machine().strategy());
    assertEquals(512 << 20, new SparkOptions(Map.of()).convert().machine().memoryBytes());
  }

  @Test
  void everyWordIsOneOfTheCommandLine() {
    for (SparkOption option : SparkOption.values()) {
      assertTrue(option.word() == null || ConvertOptionsParser.known(option.word()), option.key());
    }
  }

  @Test
  void theDocumentHasTheTable() throws IOException {
    List<String> table = new ArrayList<>();
    for (SparkOption option : SparkOption.values()) {
      table.add("| `%s` | %s | %s |".formatted(option.key(), option.fallback(), option.what()));
    }
    String text = Files.readString(DOCUMENT);
    assertTrue(
        text.contains(String.join("\n", table)),
        "docs/spark.md wants:\n" + String.join("\n", table));
  }
}
