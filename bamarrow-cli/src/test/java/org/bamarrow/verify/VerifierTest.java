package org.bamarrow.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ColumnProfile;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagsMode;
import org.bamarrow.verify.VerifyResult.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerifierTest extends Verified {
  @Test
  void findsAFileEqualThatWasMadeFromSamtoolsText() throws Exception {
    Path bam = OddBam.make(folder, 1);
    Path arrow = write(bam, ColumnOptions.defaults(), TYPED, RowOptions.defaults());
    List<String> lines = new ArrayList<>();
    VerifyResult result = Verifier.verify(List.of(bam.toString()), arrow, lines::add);
    assertEquals(Outcome.EQUAL, result.outcome(), result.message());
    assertEquals(OddBam.RECORDS, result.rows());
    int fieldsOfRow = ColumnOptions.CORE.size() + OddBam.TYPED.size() + 1;
    assertEquals((long) OddBam.RECORDS * fieldsOfRow, result.fields());
    assertEquals(List.of(result.message()), lines);
  }

  @Test
  void readsAStreamAsWell() throws Exception {
    Path bam = OddBam.make(folder, 2);
    Path arrow = folder.resolve("out.arrows");
    new HandMadeArrow(ColumnOptions.defaults(), TYPED, RowOptions.defaults())
        .asStream()
        .write(bam, arrow);
    assertEqual(OddBam.RECORDS, bam, arrow);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void comparesEveryFormOfTheColumns(boolean zeroBased) throws Exception {
    Path bam = OddBam.make(folder, 3);
    ColumnOptions columns =
        ColumnOptions.defaults()
            .withNames(ALL_NAMES)
            .withCoordinates(zeroBased ? Coordinates.ZERO_BASED : Coordinates.ONE_BASED)
            .withQual(QualForm.NUMBERS)
            .withCigar(CigarForm.OPS);
    assertEqual(OddBam.RECORDS, bam, write(bam, columns, TYPED, RowOptions.defaults()));
  }

  @Test
  void comparesTheRogtkProfile() throws Exception {
    Path bam = OddBam.make(folder, 4);
    ColumnOptions columns = ColumnOptions.defaults().withProfile(ColumnProfile.ROGTK);
    assertEqual(OddBam.RECORDS, bam, write(bam, columns, TagOptions.NONE, RowOptions.defaults()));
  }

  @ParameterizedTest
  @EnumSource(OtherTags.class)
  void comparesOtherTagsInEveryMode(OtherTags other) throws Exception {
    Path bam = OddBam.make(folder, 5);
    for (TagsMode mode : List.of(TagsMode.LIST, TagsMode.NONE)) {
      if (mode == TagsMode.LIST && other == OtherTags.NONE) {
        continue; // doubled tags would get lost: such a file cannot be
      }
      TagOptions tags =
          TagOptions.defaults()
              .withListed(mode == TagsMode.NONE ? List.of() : OddBam.TYPED)
              .withMode(mode)
              .withOther(other);
      assertEqual(
          OddBam.RECORDS, bam, write(bam, ColumnOptions.defaults(), tags, RowOptions.defaults()));
    }
  }

  @Test
  void comparesSeveralFilesInOrder() throws Exception {
    Path first = OddBam.make(folder, 6);
    Path second = OddBam.make(folder, 7);
    Path arrow = folder.resolve("both.arrow");
    ColumnOptions columns = ColumnOptions.defaults().withNames(ALL_NAMES);
    new HandMadeArrow(columns, TYPED, RowOptions.defaults()).write(List.of(first, second), arrow);
    VerifyResult both =
        Verifier.verify(List.of(first.toString(), second.toString()), arrow, line -> {});
    assertEquals(Outcome.EQUAL, both.outcome(), both.message());
    assertEquals(2 * OddBam.RECORDS, both.rows());
    VerifyResult turned =
        Verifier.verify(List.of(second.toString(), first.toString()), arrow, line -> {});
    assertEquals(Outcome.DIFFERENT, turned.outcome());
  }

  static Stream<Filtered> filters() {
    return Stream.of(
        new Filtered(rows(3, 0, 0, 0), "-f", "3"),
        new Filtered(rows(0, 1024, 0, 0), "-F", "1024"),
        new Filtered(rows(0, 0, 48, 0), "-G", "48"),
        new Filtered(rows(0, 0, 0, 30), "-q", "30"),
        new Filtered(sets(Set.of("one"), null, null, null), "-r", "one"),
        new Filtered(sets(null, "NM", null, null), "-d", "NM"),
        new Filtered(sets(null, "XM", Set.of("x7", "-7"), null), "-d", "XM:x7", "-d", "XM:-7"),
        new Filtered(sets(null, "XA", Set.of("q"), null), "-d", "XA:q"),
        new Filtered(sets(null, "XH", Set.of("1AFF"), null), "-d", "XH:1AFF"),
        new Filtered(sample(0.3, 0), "-s", "0.3"),
        new Filtered(sample(0.5, 7), "-s", "7.5"),
        new Filtered(sample(0.25, 123456), "-s", "123456.25"));
  }

  record Filtered(RowOptions rows, String... samtools) {
    @Override
    public String toString() {
      return String.join(" ", samtools);
    }
  }

  @ParameterizedTest
  @MethodSource("filters")
  void filtersAsSamtoolsDoes(Filtered filtered) throws Exception {
    Path bam = OddBam.make(folder, 8);
    Path arrow = folder.resolve("out.arrow");
    new HandMadeArrow(ColumnOptions.defaults(), TYPED, filtered.rows)
        .filteredBy(filtered.samtools)
        .write(bam, arrow);
    VerifyResult result = Verifier.verify(List.of(bam.toString()), arrow, line -> {});
    assertEquals(Outcome.EQUAL, result.outcome(), result.message());
    assertTrue(result.rows() > 0 && result.rows() < OddBam.RECORDS, result.message());
  }

  @Test
  void stopsAtTheLimit() throws Exception {
    Path bam = OddBam.make(folder, 9);
    RowOptions first = RowOptions.defaults().withLimit(60);
    assertEqual(60, bam, write(bam, ColumnOptions.defaults(), TYPED, first));
  }

  private static RowOptions rows(int require, int exclude, int excludeAll, int mapq) {
    return RowOptions.defaults()
        .withRequireFlags(require)
        .withExcludeFlags(exclude)
        .withExcludeAllFlags(excludeAll)
        .withMinMapq(mapq);
  }

  private static RowOptions sets(
      Set<String> readGroups, String tag, Set<String> values, Set<String> names) {
    return RowOptions.defaults()
        .withReadGroups(readGroups)
        .withTag(tag)
        .withTagValues(values)
        .withNames(names);
  }

  private static RowOptions sample(double fraction, int seed) {
    return RowOptions.defaults().withFraction(fraction).withSeed(seed);
  }
}
