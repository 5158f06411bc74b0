package org.bamarrow.internal.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.internal.bam.RecordBytes;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.io.BamFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordFiltersTest {
  @ParameterizedTest
  @CsvSource({
    "5,0,0,5,true", "5,0,0,4,false", "0,6,0,9,true", "0,6,0,2,false",
    "0,0,6,2,true", "0,0,6,14,false", "0,0,0,65535,true", "32768,0,0,32768,true"
  })
  void flags(int require, int exclude, int excludeAll, int flag, boolean kept) throws Exception {
    RowOptions rows =
        RowOptions.defaults()
            .withRequireFlags(require)
            .withExcludeFlags(exclude)
            .withExcludeAllFlags(excludeAll);
    assertEquals(kept, keeps(rows, new RecordBytes().flag(flag)));
  }

  @Test
  void mapqIsUnsigned() throws Exception {
    RowOptions rows = RowOptions.defaults().withMinMapq(200);
    assertTrue(keeps(rows, new RecordBytes().mapq(255)));
    assertTrue(keeps(rows, new RecordBytes().mapq(200)));
    assertFalse(keeps(rows, new RecordBytes().mapq(199)));
  }

  @Test
  void readGroupFilterLetsRecordsWithoutRgPass() throws Exception {
    RowOptions rows = RowOptions.defaults().withReadGroups(Set.of("a", "b"));
    assertTrue(keeps(rows, new RecordBytes()));
    assertTrue(keeps(rows, new RecordBytes().integer("NM", 'C', 1).text("RG", "b")));
    assertFalse(keeps(rows, new RecordBytes().text("RG", "c")));
    assertFalse(keeps(rows, new RecordBytes().text("RG", "ab")));
    assertFalse(keeps(rows, new RecordBytes().text("RG", "c").text("RG", "a")), "the first counts");
    assertFalse(keeps(rows, new RecordBytes().integer("RG", 'C', 'a')));
  }

  @Test
  void tagFilterRequiresTheTag() throws Exception {
    RowOptions rows = tag("CB", (String[]) null);
    assertFalse(keeps(rows, new RecordBytes().text("UB", "x")));
    assertTrue(keeps(rows, new RecordBytes().text("CB", "x")));
    assertTrue(keeps(rows, new RecordBytes().tag("CB", 'f').int32(0)));
  }

  @Test
  void tagValuesCompareTextCharactersAndIntegers() throws Exception {
    RowOptions rows = tag("XX", "x", "0", "-128", "4294967295", "-2147483648", "007", "1F");
    assertTrue(keeps(rows, new RecordBytes().text("XX", "x")));
    assertTrue(keeps(rows, new RecordBytes().tag("XX", 'A').raw('x')));
    assertTrue(keeps(rows, new RecordBytes().tag("XX", 'H').raw('1', 'F', 0)));
    assertTrue(keeps(rows, new RecordBytes().integer("XX", 'c', -128)));
    assertTrue(keeps(rows, new RecordBytes().integer("XX", 'S', 0)));
    assertTrue(keeps(rows, new RecordBytes().integer("XX", 'I', 4294967295L)));
    assertTrue(keeps(rows, new RecordBytes().integer("XX", 'i', Integer.MIN_VALUE)));
    assertFalse(keeps(rows, new RecordBytes().integer("XX", 'i', -1)));
    assertFalse(keeps(rows, new RecordBytes().integer("XX", 'C', 7)), "samtools compares text");
    assertFalse(keeps(rows, new RecordBytes().text("XX", "")));
    assertFalse(keeps(rows, new RecordBytes().tag("XX", 'f').int32(0)));
    assertFalse(keeps(rows, new RecordBytes().tag("XX", 'B').raw('C').int32(0)));
  }

  @Test
  void namesMatchCompletely() throws Exception {
    RowOptions rows = RowOptions.defaults().withNames(Set.of("read1", "é"));
    assertTrue(keeps(rows, new RecordBytes().name("read1")));
    assertTrue(keeps(rows, new RecordBytes().name("\u00c3\u00a9")), "UTF-8 in the record");
    assertFalse(keeps(rows, new RecordBytes().name("read")));
    assertFalse(keeps(rows, new RecordBytes().name("read11")));
  }

  @Test
  void anEmptySetKeepsNothing() throws Exception {
    RowOptions rows = RowOptions.defaults().withNames(Set.of());
    assertFalse(keeps(rows, new RecordBytes()));
    assertFalse(keeps(tag("CB"), new RecordBytes().text("CB", "x")));
  }

  @ParameterizedTest
  @CsvSource({
    "1,1804289383",
    "2,1505335290",
    "42,71876166",
    "-1,254925627",
    "-2147483648,1336741213",
    "2147483647,1065668062",
    "123456,1303402199"
  })
  void seedGoesThroughGlibcsRand(int seed, int random) {
    assertEquals(random, Subsample.firstRandom(seed));
  }

  @Test
  void sampleKeepsItsShare() throws Exception {
    RowOptions rows = RowOptions.defaults().withFraction(0.25).withSeed(3);
    Supplier<RecordFilter> filters = RecordFilters.sharing(rows);
    int kept = 0;
    for (int i = 0; i < 10_000; i++) {
      boolean keeps = filters.get().accepts(slice(new RecordBytes().name("read" + i)), 0);
      kept += keeps ? 1 : 0;
    }
    assertEquals(2500, kept, 200);
  }

  @Test
  void foundEntriesAreCountedAcrossFiltersAndProcesses() throws Exception {
    RowOptions rows =
        RowOptions.defaults().withExcludeFlags(4).withTag("XX").withNames(Set.of("a", "b", "c"));
    RecordFilters here = RecordFilters.sharing(rows);
    assertEquals(Map.of("names", new ListMatch(3, 0), "tag", new ListMatch(1, 0)), here.matches());
    here.get().accepts(slice(new RecordBytes().name("a")), 0);
    here.get().accepts(slice(new RecordBytes().name("b").flag(4)), 0);
    RecordFilters there = RecordFilters.sharing(rows);
    there.get().accepts(slice(new RecordBytes().name("a").integer("XX", 'C', 1)), 0);
    there.get().accepts(slice(new RecordBytes().name("c").integer("XX", 'C', 1)), 0);
    there.get().accepts(slice(new RecordBytes().name("b")), 0);
    here.add(there.found());
    assertEquals(Map.of("names", new ListMatch(3, 2), "tag", new ListMatch(1, 1)), here.matches());
  }

  @Test
  void forALongListOtherProcessesReportOnlyWhetherAnEntryWasFound() throws Exception {
    ByteStringSet.Builder names = new ByteStringSet.Builder();
    IntStream.rangeClosed(0, 1 << 20).forEach(i -> names.add("r" + i));
    RowOptions rows = RowOptions.defaults().withNames(names.build());
    RecordFilters here = RecordFilters.sharing(rows);
    RecordFilters there = RecordFilters.sharing(rows);
    here.add(there.found());
    assertEquals(new ListMatch((1 << 20) + 1, 0), here.matches().get("names"));
    there.get().accepts(slice(new RecordBytes().name("r7")), 0);
    there.get().accepts(slice(new RecordBytes().name("r9")), 0);
    assertEquals(2, there.matches().get("names").found());
    here.add(there.found());
    assertEquals(-1, here.matches().get("names").found());
    assertEquals(1, there.found().get("names").cardinality());
  }

  @Test
  void invalidTagsAreAnErrorWithTheRecord() {
    RecordBytes broken = new RecordBytes().integer("NM", 'C', 1).raw('X', 'Y', 'q', 0);
    BamFormatException e =
        assertThrows(BamFormatException.class, () -> keeps(tag("CB", "x"), broken));
    assertTrue(e.getMessage().contains("tag XY has the unknown type q"), e.getMessage());
    assertEquals(65536, e.virtualOffset());
  }

  @Test
  void tagValuesWithoutATagAreRejected() {
    RowOptions rows = RowOptions.defaults().withTagValues(Set.of("x"));
    assertThrows(IllegalArgumentException.class, () -> RecordFilters.of(rows));
  }

  private static RowOptions tag(String tag, String... values) {
    Set<String> set = values == null ? null : Set.of(values);
    return RowOptions.defaults().withTag(tag).withTagValues(set);
  }

  private static boolean keeps(RowOptions rows, RecordBytes record) throws BamFormatException {
    return RecordFilters.of(rows).accepts(slice(record), 0);
  }

  private static RecordSlice slice(RecordBytes record) {
    return new ArraySlice(record.record());
  }
}
