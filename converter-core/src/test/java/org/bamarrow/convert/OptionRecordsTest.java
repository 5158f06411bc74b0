package org.bamarrow.convert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.bamarrow.errors.OptionException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What all records of options have in common. */
class OptionRecordsTest {
  /** Values other than those to begin with; of numbers, enums and booleans they are made up. */
  private static final Map<String, Object> OTHERS =
      Map.ofEntries(
          Map.entry("ColumnOptions.names", List.of("pos", "qname")),
          Map.entry("TagOptions.listed", List.of(TagType.parse("MD:Z"))),
          Map.entry("TagOptions.projection", new TagProjection(List.of("NM"), true, false)),
          Map.entry("RowOptions.readGroups", Set.of("a")),
          Map.entry("RowOptions.tag", "NM"),
          Map.entry("RowOptions.tagValues", Set.of("1")),
          Map.entry("RowOptions.names", Set.of("q")),
          Map.entry("RowOptions.expressions", List.of("mapq")),
          Map.entry("RowOptions.fraction", 0.5),
          Map.entry("RegionOptions.regions", List.of("chr1:1-2")),
          Map.entry("RegionOptions.intervals", Regions.UNPLACED),
          Map.entry("RegionOptions.index", IndexChoice.named("x.bai")),
          Map.entry("ConvertOptions.columns", ColumnOptions.defaults().withNames("pos")),
          Map.entry("ConvertOptions.tags", TagOptions.NONE),
          Map.entry("ConvertOptions.rows", RowOptions.defaults().withLimit(1)),
          Map.entry("ConvertOptions.regions", RegionOptions.defaults().withRegions("chr1")),
          Map.entry("ConvertOptions.batches", BatchOptions.defaults().withRows(7)),
          Map.entry("ConvertOptions.output", OutputOptions.defaults().withForce(true)),
          Map.entry("ConvertOptions.machine", MachineOptions.defaults().withSegments(9)));

  /** Components that another one's wither sets as well. */
  private static final Map<String, String> FOLLOWERS =
      Map.of("ColumnOptions.profile", "names", "TagOptions.mode", "listed");

  @TestFactory
  Stream<DynamicTest> everyComponentHasAWitherThatChangesItAlone() {
    Stream<Record> all =
        Stream.of(
            ConvertOptions.defaults(),
            ColumnOptions.defaults(),
            TagOptions.defaults().withListed("NM:i"),
            RowOptions.defaults(),
            RegionOptions.defaults(),
            BatchOptions.defaults(),
            OutputOptions.defaults(),
            MachineOptions.defaults());
    return all.flatMap(
        options ->
            Stream.of(options.getClass().getRecordComponents())
                .map(each -> DynamicTest.dynamicTest(key(each), () -> changes(options, each))));
  }

  private static String key(RecordComponent component) {
    return component.getDeclaringRecord().getSimpleName() + "." + component.getName();
  }

  private static void changes(Record options, RecordComponent component) throws Exception {
    String name = component.getName();
    String wither = "with" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    Object before = component.getAccessor().invoke(options);
    Object known = OTHERS.get(key(component));
    Object other = known == null ? other(component.getType(), before) : known;
    assertNotEquals(before, other);
    Object changed =
        options.getClass().getMethod(wither, component.getType()).invoke(options, other);
    assertEquals(other, component.getAccessor().invoke(changed));
    for (RecordComponent each : options.getClass().getRecordComponents()) {
      boolean follows = each.getName().equals(FOLLOWERS.get(key(component)));
      if (!each.getName().equals(name) && !follows) {
        assertEquals(each.getAccessor().invoke(options), each.getAccessor().invoke(changed));
      }
    }
  }

  private static Object other(Class<?> type, Object before) {
    if (type.isEnum()) {
      Stream<?> constants = Stream.of(type.getEnumConstants());
      return constants.filter(each -> each != before).findFirst().orElseThrow();
    }
    if (type == boolean.class) {
      return !(Boolean) before;
    }
    if (type == long.class) {
      return (Long) before + 1;
    }
    return (Integer) before + 1;
  }

  private static Arguments bad(Executable call, String message) {
    return Arguments.of(message, call);
  }

  static Stream<Arguments> invalidValues() {
    RowOptions rows = RowOptions.defaults();
    BatchOptions batches = BatchOptions.defaults();
    OutputOptions output = OutputOptions.defaults();
    MachineOptions machine = MachineOptions.defaults();
    ColumnOptions columns = ColumnOptions.defaults();
    String mapq = ": must be 0 to 255";
    String fraction = ": must be above 0 and at most 1";
    String flags = ": must be 0 to 65535";
    String known = ColumnOptions.CORE + " and, on request, " + ColumnOptions.ON_DEMAND;
    return Stream.of(
        bad(() -> rows.withMinMapq(256), "RowOptions.minMapq 256" + mapq),
        bad(() -> rows.withMinMapq(-1), "RowOptions.minMapq -1" + mapq),
        bad(() -> rows.withFraction(0), "RowOptions.fraction 0.0" + fraction),
        bad(() -> rows.withFraction(1.1), "RowOptions.fraction 1.1" + fraction),
        bad(() -> rows.withFraction(Double.NaN), "RowOptions.fraction NaN" + fraction),
        bad(() -> rows.withRequireFlags(65536), "RowOptions.requireFlags 65536" + flags),
        bad(() -> rows.withExcludeFlags(-1), "RowOptions.excludeFlags -1" + flags),
        bad(() -> rows.withExcludeAllFlags(1 << 20), "RowOptions.excludeAllFlags 1048576" + flags),
        bad(() -> rows.withLimit(-2), "RowOptions.limit -2: must be 0 or more rows"),
        bad(() -> rows.withTag("NMX"), "RowOptions.tag NMX: must be two ASCII characters"),
        bad(() -> batches.withRows(0), "BatchOptions.rows 0: must be at least 1"),
        bad(
            () -> batches.withChunkBytes(65535),
            "BatchOptions.chunkBytes 65535: must be 65536 to 1073741824 bytes"),
        bad(
            () -> batches.withInflatedBytes(1 << 30),
            "BatchOptions.inflatedBytes 1073741824: must be 65536 to 536870912 bytes"),
        bad(
            () -> output.withCompressionLevel(23),
            "OutputOptions.compression zstd:23: must be zstd:1 to zstd:22"),
        bad(
            () -> output.withWriteBytes(4095),
            "OutputOptions.writeBytes 4095: must be 4096 to 2147483647 bytes"),
        bad(() -> machine.withThreads(0), "MachineOptions.threads 0: must be 1 to 1024"),
        bad(() -> machine.withThreads(1025), "MachineOptions.threads 1025: must be 1 to 1024"),
        bad(
            () -> machine.withMemoryBytes((1 << 20) - 1),
            "MachineOptions.memoryBytes 1048575: must be at least 1M"),
        bad(
            () -> machine.withReadBytes(4095),
            "MachineOptions.readBytes 4095: must be 4096 to 2147483647 bytes"),
        bad(() -> machine.withSegments(-1), "MachineOptions.segments -1: must be at least 0"),
        bad(
            () -> columns.withNames("pos", "chrom"),
            "ColumnOptions.names: unknown column 'chrom'; the columns are " + known),
        bad(() -> columns.withNames("pos", "pos"), "ColumnOptions.names: duplicate column 'pos'"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalidValues")
  void anInvalidValueIsRejectedByTheConstructor(String message, Executable call) {
    assertEquals(message, assertThrows(OptionException.class, call).getMessage());
  }

  @Test
  void aProfileSetsItsColumnsAndAListOfTagsItsMode() {
    ColumnOptions rogtk = ColumnOptions.defaults().withProfile(ColumnProfile.ROGTK);
    assertEquals(ColumnOptions.ROGTK, rogtk.names());
    assertEquals(List.of("chrom"), rogtk.withNames("chrom").names());
    TagOptions listed = TagOptions.defaults().withListed("NM:i", "ML:B:C");
    assertSame(TagsMode.LIST, listed.mode());
    assertEquals(List.of(), listed.withMode(TagsMode.AUTO).listed());
  }

  @Test
  void anIndexIsChosenByTheValuesOfTheCommandLine() {
    for (String word : List.of("auto", "off", "x.bai")) {
      assertEquals(word, IndexChoice.parse(word).toString());
    }
    assertSame(IndexChoice.AUTO, IndexChoice.parse("auto"));
    assertSame(IndexChoice.OFF, IndexChoice.parse("off"));
    assertEquals(IndexChoice.named("./auto"), IndexChoice.parse("./auto"));
    IndexChoice.Mode off = IndexChoice.Mode.OFF;
    assertThrows(IllegalArgumentException.class, () -> new IndexChoice(off, "x.bai"));
  }
}
