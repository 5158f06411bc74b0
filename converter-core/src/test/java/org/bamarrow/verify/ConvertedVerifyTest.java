package org.bamarrow.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bamarrow.BamToArrow;
import org.bamarrow.BatchOptions;
import org.bamarrow.ColumnOptions;
import org.bamarrow.Compression;
import org.bamarrow.ConvertOptions;
import org.bamarrow.Format;
import org.bamarrow.OtherTags;
import org.bamarrow.OutputOptions;
import org.bamarrow.RowOptions;
import org.bamarrow.TagOptions;
import org.bamarrow.TagsMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The converter's own output, under every option that shapes it. */
class ConvertedVerifyTest {
  private static final TagOptions TYPED =
      new TagOptions(TagsMode.LIST, OddBam.TYPED, OtherTags.OVERFLOW, false, false);
  private static final ConvertOptions OPTIONS =
      ConvertOptions.defaults().with(TYPED).with(new BatchOptions(37, 1 << 20, 8 << 20));
  private static final List<String> ALL_NAMES =
      Stream.of(ColumnOptions.CORE, ColumnOptions.ON_DEMAND).flatMap(List::stream).toList();

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void provesEveryFormOfTheColumns(int bits) throws Exception {
    ColumnOptions columns =
        new ColumnOptions(
            ALL_NAMES, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, bits > 5, null);
    prove(OPTIONS.with(columns), OddBam.RECORDS);
  }

  @Test
  void provesTheRogtkProfile() throws Exception {
    ColumnOptions columns =
        new ColumnOptions(ColumnOptions.ROGTK, false, false, false, false, "rogtk");
    prove(OPTIONS.with(columns).with(TagOptions.NONE), OddBam.RECORDS);
  }

  @ParameterizedTest
  @EnumSource(OtherTags.class)
  void provesOtherTags(OtherTags other) throws Exception {
    prove(
        OPTIONS.with(new TagOptions(TagsMode.NONE, List.of(), other, false, false)),
        OddBam.RECORDS);
    if (other != OtherTags.NONE) { // doubled tags would get lost: the conversion fails
      prove(
          OPTIONS.with(new TagOptions(TagsMode.LIST, OddBam.TYPED, other, false, false)),
          OddBam.RECORDS);
      prove(
          OPTIONS.with(new TagOptions(TagsMode.SCAN, List.of(), other, false, false)),
          OddBam.RECORDS);
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void provesCompressedStreams(Compression compression) throws Exception {
    for (Format format : Format.values()) {
      prove(
          OPTIONS.with(new OutputOptions(format, compression, 3, 1 << 20, true, false)),
          OddBam.RECORDS);
    }
  }

  static Stream<VerifierTest.Filtered> filters() {
    return VerifierTest.filters();
  }

  @ParameterizedTest
  @MethodSource("filters")
  void provesFilters(VerifierTest.Filtered filtered) throws Exception {
    prove(OPTIONS.with(filtered.rows()), -1);
  }

  @Test
  void provesReadNamesAndLimits() throws Exception {
    Set<String> names = Set.of("read:3", "read:50", "absent");
    prove(OPTIONS.with(new RowOptions(0, 0, 0, 0, null, null, null, names, 1, 0, -1)), -1);
    prove(OPTIONS.with(new RowOptions(0, 0, 0, 0, null, null, null, null, 1, 0, 100)), 100);
    prove(OPTIONS.with(new RowOptions(0, 0, 0, 0, null, null, null, null, 1, 0, 0)), 0);
  }

  @Test
  void provesSeveralFilesWithALimit() throws Exception {
    List<String> bams =
        List.of(OddBam.make(folder, 21).toString(), OddBam.make(folder, 22).toString());
    RowOptions limit = new RowOptions(0, 0, 0, 0, null, null, null, null, 1, 0, 300);
    ColumnOptions columns = new ColumnOptions(ALL_NAMES, false, false, false, false, null);
    for (RowOptions rows : List.of(RowOptions.ALL, limit)) {
      String arrow = folder.resolve("both" + rows.limit()).toString();
      BamToArrow.convert(bams, arrow, OPTIONS.with(rows).with(columns));
      VerifyResult result = Verifier.verify(bams, Path.of(arrow), line -> {});
      assertEquals(VerifyResult.Outcome.EQUAL, result.outcome(), result.message());
      assertEquals(rows.limit() < 0 ? 2 * OddBam.RECORDS : 300, result.rows());
    }
  }

  /** {@code rows} below 0: whatever the filter leaves. */
  private void prove(ConvertOptions options, long rows) throws Exception {
    Path bam = OddBam.make(folder, 20);
    Path arrow = folder.resolve("out.arrow");
    OutputOptions output = options.output();
    OutputOptions forced =
        new OutputOptions(
            output.format(),
            output.compression(),
            output.compressionLevel(),
            output.writeBytes(),
            true,
            false);
    BamToArrow.convert(List.of(bam.toString()), arrow.toString(), options.with(forced));
    VerifyResult result = Verifier.verify(List.of(bam.toString()), arrow, line -> {});
    assertEquals(VerifyResult.Outcome.EQUAL, result.outcome(), result.message());
    if (rows >= 0) {
      assertEquals(rows, result.rows());
    }
  }
}
