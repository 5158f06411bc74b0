package org.bamarrow.internal.filter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bamarrow.convert.Intervals;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.internal.filter.RawField.Column;
import org.bamarrow.internal.filter.RawPredicate.And;
import org.bamarrow.internal.filter.RawPredicate.IntegerCompare;
import org.bamarrow.internal.filter.RawPredicate.IntegerIn;
import org.bamarrow.internal.filter.RawPredicate.IsNull;
import org.bamarrow.internal.filter.RawPredicate.Not;
import org.bamarrow.internal.filter.RawPredicate.Or;
import org.bamarrow.internal.filter.RawPredicate.TextCompare;
import org.bamarrow.internal.filter.RawPredicate.TextIn;
import org.bamarrow.io.BamFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegionsTest {
  private static final List<Reference> REFERENCES =
      List.of(
          new Reference("chr1", 1000),
          new Reference("chr2", 1000),
          new Reference("HLA:1", 10),
          new Reference("HLA:1:5-7", 10),
          new Reference("a,b", 10));
  private static final RawField RNAME = RawField.of(Column.RNAME);
  private static final RawField POS = RawField.of(Column.POS);
  private static final RawField POS0 = new RawField(Column.POS, true, null);
  private static final RawField END = RawField.of(Column.END);

  @Test
  void overlapOfOneRange() {
    RawPredicate overlap = new And(chr("chr1"), atMost(POS, 200), atLeast(END, 100));
    assertEquals("{chr1=100-200}", regions(overlap));
    RawPredicate zeroBased = new And(chr("chr1"), atMost(POS0, 199), atLeast(END, 100));
    assertEquals("{chr1=100-200}", regions(zeroBased));
    RawPredicate within = new And(chr("chr1"), atLeast(POS, 100), atMost(END, 200));
    assertEquals("{chr1=100-200}", regions(within));
  }

  @Test
  void readsThatSpanAGapNeedOneOfItsBases() {
    RawPredicate spans = new And(chr("chr2"), atLeast(POS, 1), atMost(POS, 10), atLeast(END, 90));
    assertEquals("{chr2=90-90}", regions(spans));
    assertEquals(
        "{}",
        regions(new And(chr("chr2"), atLeast(POS, 20), atMost(END, 19))),
        "ends before start");
  }

  @Test
  void aWholeReferenceHasItsReadsWithoutAPosition() {
    assertEquals("{chr1=0-2147483647}", regions(chr("chr1")));
    assertEquals("{chr1=0-0}", regions(new And(chr("chr1"), new IsNull(POS))));
    assertEquals("{chr1=0-0}", regions(new And(chr("chr1"), new IsNull(END))));
    assertEquals("{chr1=5-2147483647}", regions(new And(chr("chr1"), atLeast(POS, 5))));
    assertEquals("{chr1=0-5}", regions(new And(chr("chr1"), atMost(POS, 5))), "negative ones");
  }

  @Test
  void unplacedReadsAreThoseWithoutAReference() {
    assertEquals(Regions.UNPLACED, PredicateRegions.of(new IsNull(RNAME), REFERENCES));
    RawPredicate nullSafe = new TextCompare(RNAME, Operator.NULL_SAFE_EQUAL, null);
    assertEquals(Regions.UNPLACED, PredicateRegions.of(nullSafe, REFERENCES));
    assertEquals(
        List.of("HLA:1", "HLA:1:5-7", "a,b", "chr2"),
        List.copyOf(PredicateRegions.of(new Not(chr("chr1")), REFERENCES).references()));
    assertTrue(!PredicateRegions.of(new Not(chr("chr1")), REFERENCES).unplaced(), "null <> 'chr1'");
    assertTrue(PredicateRegions.of(new Not(nullSafe), REFERENCES).on("chr1").contains(0));
  }

  @Test
  void notIsPushedDown() {
    RawPredicate outside = new Or(atMost(POS, 99), atLeast(POS, 201), new Not(chr("chr1")));
    assertEquals("{chr1=100-200}", regions(new Not(outside)));
    RawPredicate in = new IntegerIn(POS, 3, 5);
    assertEquals("{chr1=0-2,4-4,6-2147483647}", regions(new And(chr("chr1"), new Not(in))));
    assertEquals("{}", regions(new Not(new IntegerIn(POS, -1, SortedLongs.of(3), true))));
  }

  @Test
  void otherConditionsDoNotRestrictRegions() {
    RawPredicate mapped = new IntegerCompare(RawField.of(Column.FLAG), 4, Operator.EQUAL, 0L);
    assertEquals(Regions.ALL, PredicateRegions.of(mapped, REFERENCES));
    assertEquals(Regions.ALL, PredicateRegions.of(new Or(chr("chr1"), mapped), REFERENCES));
    assertEquals("{chr1=7-7}", regions(new And(mapped, chr("chr1"), new IntegerIn(POS, 7))));
    assertEquals(
        "{chr1=0-2147483647}",
        regions(new And(chr("chr1"), new IntegerCompare(POS, 1, Operator.EQUAL, 0L))));
    assertEquals(Regions.ALL, PredicateRegions.of(RawPredicate.TRUE, REFERENCES));
    assertTrue(PredicateRegions.of(RawPredicate.UNKNOWN, REFERENCES).isNone());
    assertTrue(PredicateRegions.of(new Not(RawPredicate.UNKNOWN), REFERENCES).isNone());
  }

  @Test
  void aThousandOverlapsStayApart() {
    List<RawPredicate> overlaps = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      RawPredicate chr = chr(i % 2 == 0 ? "chr1" : "chr2");
      overlaps.add(new And(chr, atMost(POS, 100 * i + 50), atLeast(END, 100 * i + 1)));
    }
    Regions regions = PredicateRegions.of(new Or(overlaps), REFERENCES);
    assertEquals(500, regions.on("chr1").size());
    assertEquals("1-50", regions.on("chr1").intersection(Intervals.of(0, 199)).toString());
    assertEquals(500, regions.on("chr2").size());
    Regions mapped = PredicateRegions.of(new And(new Or(overlaps), new Or(overlaps)), REFERENCES);
    assertTrue(mapped.on("chr1").contains(1), "a million pairs of conditions are simplified");
  }

  @Test
  void tenThousandExclusionsLoseNoPositions() {
    List<RawPredicate> exclusions = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      exclusions.add(
          new Not(new And(chr("chr1"), atMost(POS, 10 * i + 5), atLeast(END, 10 * i + 1))));
    }
    exclusions.add(chr("chr1"));
    Regions regions = PredicateRegions.of(new And(exclusions), REFERENCES);
    for (int i = 0; i < 10_000; i++) {
      assertTrue(regions.on("chr1").contains(10 * i + 7));
    }
    assertTrue(regions.on("chr2").isEmpty(), "short conditions come first");
  }

  @Test
  void manyRegionsAreUnited() {
    List<String> names = new ArrayList<>();
    for (int i = 10_000; i > 0; i--) {
      names.add("chr1:" + 10 * i + "-" + (10 * i + 3));
    }
    names.add("chr2");
    names.add("*");
    Regions regions = RegionParser.parse(names, REFERENCES);
    assertEquals(10_000, regions.on("chr1").size());
    assertEquals(List.of("chr1", "chr2"), List.copyOf(regions.references()));
    assertTrue(regions.unplaced());
    assertEquals(Regions.ALL, RegionParser.parse(List.of("chr1", "."), REFERENCES));
  }

  @Test
  void longListsOfPositionsAndNames() {
    RawPredicate positions =
        new IntegerIn(
            POS, -1, SortedLongs.of(LongStream.range(0, 100_000).map(i -> 3 * i).toArray()), false);
    RawPredicate names =
        new TextIn(
            RNAME,
            ByteStringSet.of(IntStream.range(0, 100_000).mapToObj(i -> "chr" + i).toList()),
            false);
    Regions regions = PredicateRegions.of(new And(positions, names), REFERENCES);
    assertEquals(List.of("chr1", "chr2"), List.copyOf(regions.references()));
    assertEquals(100_000, regions.on("chr1").size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "chr1 chr1 1-2147483647",
        "chr1: chr1 1-2147483647",
        "chr1:100 chr1 100-2147483647",
        "chr1:100- chr1 100-2147483647",
        "chr1:100-200 chr1 100-200",
        "chr1:1,000-2,000,000 chr1 1000-2000000",
        "chr1:-200 chr1 1-200",
        "chr1:0-5 chr1 1-5",
        "chr1:5-0 chr1 5-2147483647",
        "chr1:7-99999999999 chr1 7-2147483647",
        "{chr1} chr1 1-2147483647",
        "{chr1}:3-4 chr1 3-4",
        "HLA:1 HLA:1 1-2147483647",
        "HLA:1:3 HLA:1 3-2147483647",
        "{HLA:1}:5-7 HLA:1 5-7",
        "{HLA:1:5-7} HLA:1:5-7 1-2147483647",
        "HLA:1:5-7:2-3 HLA:1:5-7 2-3",
        "a,b:1-2 a,b 1-2"
      })
  void regionStrings(String text, String name, String intervals) {
    Regions regions = RegionParser.parse(List.of(text), REFERENCES);
    assertEquals("{" + name + "=" + intervals + "}", regions.toString());
  }

  @Test
  void starIsUnplacedAndDotIsAll() {
    assertEquals(Regions.UNPLACED, RegionParser.parse(List.of("*"), REFERENCES));
    assertEquals(Regions.ALL, RegionParser.parse(List.of("chr1:5", "."), REFERENCES));
    assertEquals(
        "{chr1=1-5,9-9, chr2=1-2147483647} and unplaced",
        RegionParser.parse(List.of("chr1:9-9", "*", "chr1:2-5", "chr2", "chr1:1-2"), REFERENCES)
            .toString());
    assertEquals(Regions.NONE, RegionParser.parse(List.of(), REFERENCES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '"',
      value = {
        "chr3 'chr1'?",
        "ch1:5-6 'chr1'?",
        "HLA:1:5-7 {HLA:1:5-7}",
        "{chr1 {NAME}",
        "{chr1}5 {NAME}",
        "{HLA}:5 'HLA:1'?",
        "chr1:x START",
        "chr1:5-6x START",
        "chr1:5-6-7 START",
        "chr1:9-8 ends",
        "chr1:1234567890123456789 large"
      })
  void invalidRegionStringsAreRejected(String text, String hint) {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> RegionParser.parse(List.of(text), REFERENCES));
    assertTrue(e.getMessage().contains("'" + text + "'"), e.getMessage());
    assertTrue(e.getMessage().contains(hint), e.getMessage());
  }

  @Test
  void bedLines() throws IOException {
    String bed =
        """
        # comment
        track name=x 5
        browser position chr1:1-2

        chr1\t0\t10\tname\t0\t+
        chr1 10 20
          chr1   30  40
        chr2 7
        chr2 15 15
        track 3 4
        """;
    assertEquals("{chr1=1-20,31-40, chr2=7-7, track=4-4}", readBed(bed).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "chr1",
        "chr1\tx\t5",
        "chr1 5 4",
        "chr1 0",
        "chr1 -5 4",
        "chr1\t100.0\t200.0",
        "chr1\t100\t200.0",
        "chr1\t1E+03\t2E+03",
        "chr1\t1,000\t2,000",
        "chr1 100abc",
        "chr1 30 40abc",
        "chr1\t100\t.\tA\tG",
        "chr1\t\t105",
        "chr1\t1\t\t105",
        "chr1 0x10 0x20",
        "chr1 +5 9",
        "track 5 4"
      })
  void invalidBedLinesAreRejected(String line) {
    Exception e = assertThrows(BamFormatException.class, () -> readBed("chr1 1 2\n" + line));
    assertTrue(e.getMessage().startsWith("x.bed: line 2 is not"), e.getMessage());
  }

  @Test
  void unionAndIntersection() {
    Regions one = Regions.of(Map.of("a", Intervals.of(1, 9), "b", Intervals.of(1, 1)), true);
    Regions two = Regions.of(Map.of("a", Intervals.of(5, 12), "c", Intervals.of(2, 2)), false);
    assertEquals("{a=1-12, b=1-1, c=2-2} and unplaced", one.union(two).toString());
    assertEquals("{a=5-9}", one.intersection(two).toString());
    assertEquals(one, one.intersection(Regions.ALL));
    assertEquals(one, one.union(Regions.NONE));
    assertEquals(Regions.ALL, one.union(Regions.ALL));
    assertTrue(one.intersection(Regions.NONE).isNone());
  }

  private static Regions readBed(String bed) throws IOException {
    return Regions.readBed(new ByteArrayInputStream(bed.getBytes(UTF_8)), "x.bed");
  }

  private static String regions(RawPredicate predicate) {
    return PredicateRegions.of(predicate, REFERENCES).toString();
  }

  private static RawPredicate chr(String name) {
    return new TextCompare(RNAME, Operator.EQUAL, name);
  }

  private static RawPredicate atMost(RawField field, long value) {
    return new IntegerCompare(field, Operator.LESS_OR_EQUAL, value);
  }

  private static RawPredicate atLeast(RawField field, long value) {
    return new IntegerCompare(field, Operator.GREATER_OR_EQUAL, value);
  }
}
