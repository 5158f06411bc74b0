package org.bamarrow.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ColumnProfile;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.Format;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagProjection;
import org.bamarrow.convert.TagsMode;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.internal.base.ByteStringSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The converter's own output, under every option that shapes it. */
class ConvertedVerifyTest {
  private static final TagOptions TYPED = TagOptions.defaults().withListed(OddBam.TYPED);
  private static final ConvertOptions OPTIONS =
      ConvertOptions.defaults().withTags(TYPED).withBatches(new BatchOptions(37, 1 << 20, 8 << 20));
  private static final List<String> ALL_NAMES =
      Stream.of(ColumnOptions.CORE, ColumnOptions.ON_DEMAND).flatMap(List::stream).toList();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void provesEveryFormOfTheColumns(int bits) throws Exception {
    ColumnOptions columns =
        ColumnOptions.defaults()
            .withNames(ALL_NAMES)
            .withCoordinates((bits & 1) != 0 ? Coordinates.ZERO_BASED : Coordinates.ONE_BASED)
            .withQual((bits & 2) != 0 ? QualForm.NUMBERS : QualForm.TEXT)
            .withCigar((bits & 4) != 0 ? CigarForm.OPS : CigarForm.TEXT)
            .withTextEncoding(bits > 5 ? TextEncoding.LATIN_1 : TextEncoding.UTF_8);
    prove(OPTIONS.withColumns(columns), OddBam.RECORDS);
  }

  @Test
  void provesTheRogtkProfile() throws Exception {
    ColumnOptions columns = ColumnOptions.defaults().withProfile(ColumnProfile.ROGTK);
    prove(OPTIONS.withColumns(columns).withTags(TagOptions.NONE), OddBam.RECORDS);
  }

  @ParameterizedTest
  @EnumSource(OtherTags.class)
  void provesOtherTags(OtherTags other) throws Exception {
    prove(OPTIONS.withTags(TagOptions.NONE.withOther(other)), OddBam.RECORDS);
    if (other != OtherTags.NONE) { // doubled tags would get lost: the conversion fails
      prove(
          OPTIONS.withTags(TagOptions.defaults().withListed(OddBam.TYPED).withOther(other)),
          OddBam.RECORDS);
      prove(
          OPTIONS.withTags(TagOptions.defaults().withMode(TagsMode.SCAN).withOther(other)),
          OddBam.RECORDS);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = OtherTags.class,
      names = {"OVERFLOW", "ALL"})
  void provesAPartOfTheTags(OtherTags other) throws Exception {
    TagOptions whole = TagOptions.defaults().withListed(OddBam.TYPED).withOther(other);
    for (boolean map : new boolean[] {false, true}) {
      List<String> names = List.of("BC", "NM");
      prove(
          OPTIONS.withTags(whole.withProjection(new TagProjection(names, true, map))),
          OddBam.RECORDS);
      prove(
          OPTIONS.withTags(whole.withProjection(new TagProjection(null, false, map))),
          OddBam.RECORDS);
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void provesCompressedStreams(Compression compression) throws Exception {
    for (Format format : Format.values()) {
      prove(
          OPTIONS.withOutput(
              OutputOptions.defaults()
                  .withFormat(format)
                  .withCompression(compression)
                  .withWriteBytes(1 << 20)
                  .withForce(true)),
          OddBam.RECORDS);
    }
  }

  static Stream<VerifierTest.Filtered> filters() {
    return VerifierTest.filters();
  }

  @ParameterizedTest
  @MethodSource("filters")
  void provesFilters(VerifierTest.Filtered filtered) throws Exception {
    prove(OPTIONS.withRows(filtered.rows()), -1);
  }

  @Test
  void provesReadNamesAndLimits() throws Exception {
    Set<String> names = Set.of("read:3", "read:50", "absent");
    prove(OPTIONS.withRows(RowOptions.defaults().withNames(names)), -1);
    prove(OPTIONS.withRows(RowOptions.defaults().withLimit(100)), 100);
    prove(OPTIONS.withRows(RowOptions.defaults().withLimit(0)), 0);
  }

  @Test
  void ofALongListTheMetadataHoldTheDigestAndTheListIsGivenAgain() throws Exception {
    Set<String> names =
        IntStream.range(0, 101).mapToObj(i -> "read:" + i).collect(Collectors.toSet());
    for (int field = 0; field < 3; field++) {
      RowOptions rows =
          RowOptions.defaults()
              .withReadGroups(field == 0 ? names : null)
              .withTag(field == 1 ? "XM" : null)
              .withTagValues(field == 1 ? names : null)
              .withNames(field == 2 ? names : null);
      String bam = OddBam.make(folder, 20).toString();
      Path arrow = folder.resolve("list" + field);
      BamToArrow.convert(List.of(bam), arrow.toString(), OPTIONS.withRows(rows));
      VerifyResult result =
          Verifier.verify(List.of(bam), arrow, rows, RegionOptions.defaults(), line -> {});
      assertEquals(VerifyResult.Outcome.EQUAL, result.outcome(), result.message());
      String needed = refused(bam, arrow, RowOptions.defaults());
      assertTrue(needed.contains("a list of 101 values"), needed);
      RowOptions other =
          RowOptions.defaults()
              .withReadGroups(Set.of())
              .withTag("XM")
              .withTagValues(Set.of())
              .withNames(Set.of());
      String another = refused(bam, arrow, other);
      assertTrue(another.contains("not the list of the conversion"), another);
    }
  }

  @Test
  void theDigestOfAListIsThatOfItsBytesIfTheyAreNotUtf8() throws Exception {
    ByteStringSet.Builder names = new ByteStringSet.Builder().add(new byte[] {(byte) 0xe9}, 0, 1);
    IntStream.range(0, 101).forEach(i -> names.add("read:" + i));
    RowOptions rows = RowOptions.defaults().withNames(names.build());
    String bam = OddBam.make(folder, 20).toString();
    Path arrow = folder.resolve("out.arrow");
    BamToArrow.convert(List.of(bam), arrow.toString(), OPTIONS.withRows(rows));
    VerifyResult result =
        Verifier.verify(List.of(bam), arrow, rows, RegionOptions.defaults(), line -> {});
    assertEquals(VerifyResult.Outcome.EQUAL, result.outcome(), result.message());
  }

  @Test
  void aListThatIsGivenButWasNotTheConversionsIsRefused() throws Exception {
    String bam = OddBam.make(folder, 20).toString();
    Path arrow = folder.resolve("out.arrow");
    BamToArrow.convert(List.of(bam), arrow.toString(), OPTIONS);
    RowOptions names = RowOptions.defaults().withNames(Set.of("a"));
    assertEquals(
        "RowOptions.names: not the list of the conversion: that had none, this is one of 1 values",
        refused(bam, arrow, names));
    RowOptions tag = RowOptions.defaults().withTag("XM");
    assertEquals(
        "RowOptions.tag or RowOptions.tagValues: the conversion filtered by no tag",
        refused(bam, arrow, tag));
  }

  private static String refused(String bam, Path arrow, RowOptions lists) {
    return assertThrows(
            IllegalArgumentException.class,
            () -> Verifier.verify(List.of(bam), arrow, lists, RegionOptions.defaults(), line -> {}))
        .getMessage();
  }

  @Test
  void provesSeveralFilesWithALimit() throws Exception {
    List<String> bams =
        List.of(OddBam.make(folder, 21).toString(), OddBam.make(folder, 22).toString());
    RowOptions limit = RowOptions.defaults().withLimit(300);
    ColumnOptions columns = ColumnOptions.defaults().withNames(ALL_NAMES);
    for (RowOptions rows : List.of(RowOptions.defaults(), limit)) {
      String arrow = folder.resolve("both" + rows.limit()).toString();
      BamToArrow.convert(bams, arrow, OPTIONS.withRows(rows).withColumns(columns));
      VerifyResult result = Verifier.verify(bams, Path.of(arrow), line -> {});
      assertEquals(VerifyResult.Outcome.EQUAL, result.outcome(), result.message());
      assertEquals(rows.limit() < 0 ? 2 * OddBam.RECORDS : 300, result.rows());
    }
  }

  @Test
  void reportsAChangedVirtualOffset() throws Exception {
    Path bam = OddBam.make(folder, 23);
    Path arrow = folder.resolve("out.arrow");
    ColumnOptions columns = ColumnOptions.defaults().withNames(ALL_NAMES);
    BamToArrow.convert(List.of(bam.toString()), arrow.toString(), OPTIONS.withColumns(columns));
    Path changed = folder.resolve("changed.arrow");
    int row = Tampered.change(arrow, "voffset", changed);
    VerifyResult result = Verifier.verify(List.of(bam.toString()), changed, line -> {});
    assertEquals(VerifyResult.Outcome.DIFFERENT, result.outcome());
    assertEquals("voffset", result.difference().column());
    assertEquals(row + 1, result.difference().record());
  }

  @Test
  void provesAFileWithEmptyBlocksInTheMiddle() throws Exception {
    byte[] bam = Files.readAllBytes(OddBam.make(folder, 24));
    ByteArrayOutputStream twice = new ByteArrayOutputStream();
    int eof = bam.length - 28;
    for (int at = 0; at < eof; at += blockSize(bam, at)) {
      twice.write(bam, at, blockSize(bam, at));
      twice.write(bam, eof, 28);
    }
    twice.write(bam, eof, 28);
    Path empty = folder.resolve("empty-blocks.bam");
    Files.write(empty, twice.toByteArray());
    Path arrow = folder.resolve("out.arrow");
    ColumnOptions columns = ColumnOptions.defaults().withNames(ALL_NAMES);
    BamToArrow.convert(List.of(empty.toString()), arrow.toString(), OPTIONS.withColumns(columns));
    VerifyResult result = Verifier.verify(List.of(empty.toString()), arrow, line -> {});
    assertEquals(VerifyResult.Outcome.EQUAL, result.outcome(), result.message());
    assertEquals(OddBam.RECORDS, result.rows());
  }

  /** SAM specification 4.1: other subfields may stand before BC; htsjdk does not look for it. */
  @Test
  void saysWhichValidFileHtsjdkCannotRead() throws Exception {
    byte[] bam = Files.readAllBytes(OddBam.make(folder, 25));
    ByteArrayOutputStream shifted = new ByteArrayOutputStream();
    for (int at = 0; at < bam.length; at += blockSize(bam, at)) {
      int size = blockSize(bam, at);
      int newBsize = size + 6 - 1;
      shifted.write(bam, at, 10);
      shifted.write(new byte[] {12, 0, 'X', 'Y', 2, 0, 7, 7, 'B', 'C', 2, 0});
      shifted.write(new byte[] {(byte) newBsize, (byte) (newBsize >> 8)});
      shifted.write(bam, at + 18, size - 18);
    }
    Path odd = folder.resolve("bc-second.bam");
    Files.write(odd, shifted.toByteArray());
    Path arrow = folder.resolve("out.arrow");
    BamToArrow.convert(
        List.of(odd.toString()), arrow.toString(), OPTIONS.withAllowMissingEof(true));
    VerifyResult result = Verifier.verify(List.of(odd.toString()), arrow, line -> {});
    assertEquals(VerifyResult.Outcome.NOT_READABLE_BY_HTSJDK, result.outcome(), result.message());
  }

  private static int blockSize(byte[] bam, int at) {
    return 1 + (bam[at + 16] & 0xff | (bam[at + 17] & 0xff) << 8);
  }

  /** {@code rows} below 0: whatever the filter leaves. */
  private void prove(ConvertOptions options, long rows) throws Exception {
    Path bam = OddBam.make(folder, 20);
    Path arrow = folder.resolve("out.arrow");
    OutputOptions output = options.output();
    OutputOptions forced = output.withForce(true).withDurable(false);
    BamToArrow.convert(List.of(bam.toString()), arrow.toString(), options.withOutput(forced));
    VerifyResult result = Verifier.verify(List.of(bam.toString()), arrow, line -> {});
    assertEquals(VerifyResult.Outcome.EQUAL, result.outcome(), result.message());
    if (rows >= 0) {
      assertEquals(rows, result.rows());
    }
  }
}
