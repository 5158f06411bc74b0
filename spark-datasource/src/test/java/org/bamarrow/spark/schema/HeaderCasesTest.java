package org.bamarrow.spark.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BAMs with odd headers and dictionaries in Spark: the rows of samtools, or its error. */
class HeaderCasesTest {
  private static Path bam(String folder, String name) {
    Path cases = Path.of(System.getProperty("bamarrow.shared", "../../shared"), "cases");
    assumeTrue(Files.isDirectory(cases), "no cases at " + cases);
    return cases.resolve(folder).resolve(name + ".bam");
  }

  private static Path dictionary(String name) {
    return bam("25-reference-twice-in-dictionary", name);
  }

  private static Dataset<Row> read(Path bam, String... options) {
    return LocalSpark.read(bam, options);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "case",
        "empty-name",
        "eq-ref",
        "star-ref",
        "utf8-name",
        "latin-name",
        "neg-length-ref",
        "zero-length-ref"
      })
  void namesAndLengthsOfAllKindsGiveTheRowsOfSamtools(String name) throws Exception {
    Path bam = dictionary(name);
    boolean latin1 = name.equals("latin-name");
    List<String> expected =
        Files.readAllLines(
                bam.resolveSibling(name + ".expected.sam"),
                latin1 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8)
            .stream()
            .map(line -> line.split("\t"))
            .filter(fields -> !fields[0].equals("u")) // without a reference
            .map(fields -> fields[0] + " " + fields[2] + " " + fields[6])
            .toList();
    Dataset<Row> rows = read(bam, "textEncoding", latin1 ? "latin-1" : "utf-8");
    List<String> found =
        rows.filter("rname is not null").select("qname", "rname", "rnext").collectAsList().stream()
            .map(row -> row.getString(0) + " " + row.getString(1) + " " + row.getString(2))
            .toList();
    assertEquals(expected, found);
    assertEquals(3, rows.count());
  }

  @ParameterizedTest
  @ValueSource(strings = {"same-name-other-length", "same-name-same-length"})
  void aNameTwiceInOneDictionaryIsAnError(String name) {
    Exception error = assertThrows(Exception.class, () -> read(dictionary(name)).count());
    assertTrue(
        error.getMessage().contains("duplicate reference NC_013791.2 in the dictionary"),
        error.getMessage());
    assertEquals(3, read(dictionary(name), "table", "references").count(), "still to be looked at");
  }

  @ParameterizedTest
  @CsvSource({"dup-rg, s, l1", "rg-dup-sm, s,", "rg-no-id,,"})
  void ofDoubledReadGroupsAndFieldsTheFirstCounts(String name, String sample, String library) {
    Row row =
        read(bam("05-odd-headers", name), "columns", "qname,sample,library")
            .select("sample", "library")
            .collectAsList()
            .get(0);
    assertEquals(sample, row.getString(0));
    assertEquals(library, row.getString(1));
    Dataset<Row> table = read(bam("05-odd-headers", name), "table", "read_groups");
    assertEquals("s", table.select("sample").collectAsList().get(0).getString(0));
  }
}
