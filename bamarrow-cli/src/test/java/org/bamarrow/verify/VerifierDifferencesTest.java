package org.bamarrow.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.verify.VerifyResult.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Verifier} reports of files that are not what the BAM says. */
class VerifierDifferencesTest extends Verified {
  @Test
  void reportsAMissingColumnTheOptionsAskFor() throws Exception {
    Path bam = OddBam.make(folder, 10);
    Path arrow = write(bam, ColumnOptions.defaults(), TYPED, RowOptions.defaults());
    Path fewer = folder.resolve("fewer.arrow");
    Tampered.withoutColumn(arrow, "mapq", fewer);
    VerifyResult result = Verifier.verify(List.of(bam.toString()), fewer, line -> {});
    assertEquals(Outcome.DIFFERENT, result.outcome());
    assertEquals("(columns)", result.difference().column());
  }

  @Test
  void reportsValuesThatGotLostOrShouldHaveFailed() throws Exception {
    Path bam = OddBam.make(folder, 16);
    for (TagOptions tags :
        List.of(
            TagOptions.defaults().withListed(OddBam.TYPED).withOther(OtherTags.NONE),
            TagOptions.defaults().withListed(OddBam.TYPED).withFailOnMismatch(true),
            TagOptions.defaults().withListed(OddBam.TYPED).withFailOnDuplicate(true))) {
      Path arrow = write(bam, ColumnOptions.defaults(), tags, RowOptions.defaults());
      VerifyResult result = different(bam, arrow);
      assertEquals("a failed conversion, by the options", result.difference().expected());
    }
  }

  @Test
  void saysThatHtsjdkCannotReadAFile() throws Exception {
    Path bam = OddBam.make(folder, 11);
    Path arrow = write(bam, ColumnOptions.defaults(), TYPED, RowOptions.defaults());
    byte[] bytes = java.nio.file.Files.readAllBytes(bam);
    bytes[bytes.length / 2] ^= 0x55;
    java.nio.file.Files.write(bam, bytes);
    VerifyResult result = Verifier.verify(List.of(bam.toString()), arrow, line -> {});
    assertEquals(Outcome.NOT_READABLE_BY_HTSJDK, result.outcome(), result.message());
    assertTrue(result.message().contains("htsjdk cannot read"), result.message());
  }

  /** Writes all columns, of the form that {@link Tampered#columns} asks for. */
  private Path writeAll(Path bam, String column) throws Exception {
    ColumnOptions all =
        ColumnOptions.defaults()
            .withNames(ALL_NAMES)
            .withQual(column.endsWith("s") ? QualForm.NUMBERS : QualForm.TEXT)
            .withCigar(column.endsWith("s") ? CigarForm.OPS : CigarForm.TEXT);
    return write(bam, all, TYPED, RowOptions.defaults());
  }

  private static String name(String column) {
    return column.equals("quals") ? "qual" : column.equals("cigars") ? "cigar" : column;
  }

  @ParameterizedTest
  @MethodSource("org.bamarrow.verify.Tampered#columns")
  void reportsOneChangedValue(String column) throws Exception {
    Path bam = OddBam.make(folder, 12);
    Path arrow = writeAll(bam, column);
    Path changed = folder.resolve("changed.arrow");
    int row = Tampered.change(arrow, name(column), changed);
    VerifyResult result = Verifier.verify(List.of(bam.toString()), changed, line -> {});
    assertDifference(result, row + 1, name(column));
    VerifyResult untouched = Verifier.verify(List.of(bam.toString()), arrow, line -> {});
    assertEquals(Outcome.EQUAL, untouched.outcome(), untouched.message());
  }

  @ParameterizedTest
  @MethodSource("org.bamarrow.verify.Tampered#columns")
  void reportsAValueThatBecameNull(String column) throws Exception {
    Path bam = OddBam.make(folder, 13);
    Path changed = folder.resolve("changed.arrow");
    int row = Tampered.setNull(writeAll(bam, column), name(column), changed);
    VerifyResult result = Verifier.verify(List.of(bam.toString()), changed, line -> {});
    assertDifference(result, row + 1, name(column));
  }

  @Test
  void reportsADroppedADoubledAndASwappedRow() throws Exception {
    Path bam = OddBam.make(folder, 14);
    Path arrow = write(bam, ColumnOptions.defaults(), TYPED, RowOptions.defaults());
    Path changed = folder.resolve("changed.arrow");
    int last = OddBam.RECORDS - 1;
    Tampered.rows(arrow, changed, rows -> rows.remove(73));
    assertEquals(74, different(bam, changed).difference().record());
    Tampered.rows(arrow, changed, rows -> rows.remove(last));
    VerifyResult dropped = different(bam, changed);
    assertEquals(last + 1, dropped.difference().record());
    assertEquals("(rows)", dropped.difference().column());
    Tampered.rows(arrow, changed, rows -> rows.add(101, rows.get(100)));
    assertEquals(102, different(bam, changed).difference().record());
    Tampered.rows(arrow, changed, rows -> rows.add(rows.get(last)));
    VerifyResult doubled = different(bam, changed);
    assertEquals("(rows)", doubled.difference().column());
    assertEquals(OddBam.RECORDS, doubled.rows());
    Tampered.rows(arrow, changed, rows -> rows.add(49, rows.remove(52)));
    assertEquals(50, different(bam, changed).difference().record());
    Tampered.rows(arrow, changed, rows -> {});
    assertEqual(OddBam.RECORDS, bam, changed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bamarrow.header",
        "bamarrow.references",
        "bamarrow.sort_order",
        "bamarrow.coordinates",
        "bamarrow.files"
      })
  void reportsChangedMetadata(String key) throws Exception {
    Path bam = OddBam.make(folder, 15);
    Path arrow = write(bam, ColumnOptions.defaults(), TYPED, RowOptions.defaults());
    Path changed = folder.resolve("changed.arrow");
    Tampered.metadata(
        arrow,
        changed,
        key,
        old ->
            switch (key) {
              case "bamarrow.references" -> old.replace("100000", "100001");
              case "bamarrow.files" -> "[\"a.bam\",\"b.bam\"]";
              default -> old + " ";
            });
    VerifyResult result = different(bam, changed);
    assertEquals(0, result.difference().record());
    assertEquals(0, result.rows());
  }

  private static VerifyResult different(Path bam, Path arrow) throws Exception {
    VerifyResult result = Verifier.verify(List.of(bam.toString()), arrow, line -> {});
    assertEquals(Outcome.DIFFERENT, result.outcome(), result.message());
    return result;
  }

  private static void assertDifference(VerifyResult result, long record, String column) {
    assertEquals(Outcome.DIFFERENT, result.outcome(), result.message());
    assertNotNull(result.difference());
    assertEquals(record, result.difference().record(), result.message());
    assertEquals(record, result.difference().row(), result.message());
    assertEquals(column, result.difference().column(), result.message());
    assertEquals(record - 1, result.rows());
  }
}
