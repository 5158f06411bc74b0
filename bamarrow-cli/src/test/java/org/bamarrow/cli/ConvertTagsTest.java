package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertTagsTest {
  @TempDir private static Path folder;
  private static Path bam;

  @BeforeAll
  static void makeInput() throws Exception {
    bam =
        Cli.bamOf(
            folder,
            "tags.bam",
            "r1 4 * 0 0 * * 0 0 * * NM:i:5 XX:Z:a",
            "r2 4 * 0 0 * * 0 0 * * NM:Z:five XX:Z:b",
            "r3 4 * 0 0 * * 0 0 * * XX:Z:c XX:Z:d");
  }

  private static Cli.Result run(Path out, Object... options) {
    List<Object> words = new ArrayList<>(List.of("convert", "--force"));
    words.addAll(List.of(options));
    words.addAll(List.of(bam, out));
    return Cli.run(words.toArray());
  }

  private static ArrowTable convert(Object... options) throws Exception {
    Path out = folder.resolve("out.arrow");
    Cli.Result result = run(out, options);
    assertEquals(0, result.code(), result.err());
    return ArrowTable.file(out);
  }

  private static List<String> fields(ArrowTable table) {
    return table.schema().findField("tags").getChildren().stream().map(Field::getName).toList();
  }

  @Test
  void listedTagsAreTypedAndTheRestOverflows() throws Exception {
    ArrowTable table = convert("--tags", "NM:i");
    assertEquals(List.of("NM"), fields(table));
    assertEquals("{\"NM\":5}", table.column("tags").get(0));
    assertEquals("{}", table.column("tags").get(1));
    assertTrue(table.column("other_tags").get(1).contains("Z:five"), table.rows().toString());
  }

  @ParameterizedTest
  @CsvSource({"auto", "scan"})
  void tagsAreFoundInTheFile(String mode) throws Exception {
    assertTrue(fields(convert("--tags", mode)).containsAll(List.of("NM", "XX")));
  }

  @Test
  void withoutTagsThereIsOnlyTheMap() throws Exception {
    ArrowTable table = convert("--tags", "none", "--other-tags", "all");
    assertFalse(table.names().contains("tags"));
    assertTrue(table.column("other_tags").get(0).contains("i:5"));
    assertEquals(12, convert("--tags", "none", "--other-tags", "none").names().size());
  }

  @Test
  void allTagsOrOnlyTheOverflowAreInTheMap() throws Exception {
    assertFalse(convert("--tags", "NM:i").column("other_tags").get(0).contains("i:5"));
    ArrowTable all = convert("--tags", "NM:i", "--other-tags", "all");
    assertTrue(all.column("other_tags").get(0).contains("i:5"));
    assertFalse(convert("--tags", "ZZ:i", "--other-tags", "none").names().contains("other_tags"));
  }

  @Test
  void aMismatchFailsIfAskedTo() {
    Path out = folder.resolve("no.arrow");
    assertEquals(0, run(out, "--tags", "NM:i", "--on-tag-mismatch", "other").code());
    Cli.Result result = run(out, "--tags", "NM:i", "--on-tag-mismatch", "fail");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("NM"), result.err());
  }

  @Test
  void aDuplicateFailsIfAskedTo() {
    Path out = folder.resolve("no.arrow");
    assertEquals(0, run(out, "--tags", "XX:Z", "--on-duplicate-tag", "other").code());
    Cli.Result result = run(out, "--tags", "XX:Z", "--on-duplicate-tag", "fail");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("XX"), result.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --tags NM              | 'NM' is not TAG:TYPE, such as NM:i
          --tags NM              | (nor auto, none or scan)
          --tags NM:q            | has an invalid type
          --tags NM:i,NM:Z       | duplicate tag NM
          --other-tags some      | 'some' is not one of overflow, none, all
          --on-tag-mismatch drop | 'drop' is not one of other, fail
          """)
  void wrongChoicesAreUsageErrors(String options, String problem) {
    Cli.Result result = run(folder.resolve("never.arrow"), (Object[]) options.split(" "));
    assertEquals(2, result.code());
    assertTrue(result.err().contains(problem), result.err());
  }
}
