package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bamarrow.convert.RowOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class FilterArgumentsTest {
  @TempDir Path folder;

  @Command
  static final class Any {
    @Mixin FilterArguments filters;
  }

  @Test
  void nothingAskedKeepsEverything() {
    assertEquals(RowOptions.defaults(), parse());
  }

  @ParameterizedTest
  @CsvSource({
    "4,4",
    "0x10,16",
    "0X1F,31",
    "020,16",
    "0,0",
    "'unmap,READ1',68",
    "SUPPLEMENTARY,2048",
    "PROPER_PAIR,2",
    "dup,1024",
    "65535,65535"
  })
  void flagsAreNumbersOrNames(String text, int flags) {
    assertEquals(flags, parse("-f", text).requireFlags());
    assertEquals(flags, parse("--exclude-flags", text).excludeFlags());
    assertEquals(flags, parse("-G", text).excludeAllFlags());
  }

  @Test
  void shortFormsAreExpressions() {
    RowOptions rows =
        parse(
            "-e",
            "mapq",
            "--rf",
            "READ1,READ2",
            "-m",
            "50",
            "-l",
            "a\\\"b",
            "-e",
            "[NM] < 3",
            "--exclude-no-read-group");
    assertEquals(
        List.of(
            "mapq",
            "[NM] < 3",
            "flag & 192",
            "qlen + hclen >= 50",
            "library == \"a\\\\\\\"b\"",
            "exists([RG])"),
        rows.expressions());
    assertEquals(List.of(), parse("-m", "0", "--include-flags", "0").expressions());
  }

  @Test
  void expressionsMayStartWithAMinus() {
    for (String text : List.of("-1 < mapq", "-mapq < 3", "-flag < 3", "-[NM] < 0", "-(1) < 3")) {
      assertEquals(List.of(text), parse("-e", text).expressions());
      assertEquals(List.of(text), parse("--expr", text).expressions());
      assertEquals(List.of(text), parse("--expr=" + text).expressions());
    }
    RowOptions rows = parse("-e", "-mapq < 3", "-q", "3");
    assertEquals(List.of("-mapq < 3"), rows.expressions());
    assertEquals(3, rows.minMapq());
  }

  @Test
  void repeatedFlagsAdd() {
    assertEquals(0x904, parse("-F", "0x100", "-F", "SUPPLEMENTARY,UNMAP").excludeFlags());
  }

  @Test
  void listsComeFromOptionsAndFiles() throws IOException {
    Path list = Files.writeString(folder.resolve("list"), "one two\r\n\n three\tone");
    RowOptions rows =
        parse("-r", "a b", "-R", list.toString(), "-N", list.toString(), "-N", list.toString());
    assertEquals(Set.of("a b", "one", "two", "three"), rows.readGroups());
    assertEquals(Set.of("one", "two", "three"), rows.names());
    assertNull(rows.tag());
    rows = parse("-d", "CB:x:y", "-D", "CB:" + list, "-d", "CB");
    assertEquals("CB", rows.tag());
    assertEquals(Set.of("x:y", "one", "two", "three"), rows.tagValues());
    rows = parse("--tag", "CB");
    assertEquals("CB", rows.tag());
    assertNull(rows.tagValues());
  }

  @Test
  void anEmptyListIsNotTheSameAsNoList() throws IOException {
    Path list = Files.writeString(folder.resolve("empty"), "\n");
    assertEquals(Set.of(), parse("-N", list.toString()).names());
  }

  @ParameterizedTest
  @CsvSource({"0.25,0,0.25", ".5,0,0.5", "42.1,42,0.1", "4294967295.1,-1,0.1"})
  void sampleHoldsSeedAndFraction(String text, int seed, double fraction) {
    assertEquals(seed, parse("-s", text).seed());
    assertEquals(fraction, parse("-s", text).fraction());
  }

  @Test
  void longSampleOptions() {
    RowOptions rows = parse("--subsample", "0.3", "--subsample-seed", "9", "-q", "30");
    assertEquals(0.3, rows.fraction());
    assertEquals(9, rows.seed());
    assertEquals(30, rows.minMapq());
    assertEquals(5, rows.limit());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          -f 08             | must be a decimal
          -f 4x             | neither a number nor one of PAIRED
          -F UNMAP,         | '' is neither a number
          -G 65536          | FLAG must be at most 65535
          -q 256            | must be 0 to 255
          -q x              | 'x' is not an int
          -s 1              | must be SEED.FRACTION
          -s 1.             | must be SEED.FRACTION
          -s 3.0            | above 0
          -s 4294967296.5   | below 2^32
          --subsample 1.5   | at most 1
          --subsample NaN   | at most 1
          -s 1.5 --subsample-seed 3 | cannot be combined
          -d CBx            | must be TAG or TAG:VALUE
          -d C              | must be TAG or TAG:VALUE
          -d CB -d UB       | only one tag
          -d CB -D UB:x     | only one tag
          -D CB:            | must be TAG:FILE
          -N /no/such/file  | no such file
          -R .              | -R .: Is a directory
          """)
  void rejectsWhatHasNoMeaning(String line, String problem) {
    ParameterException e = assertThrows(ParameterException.class, () -> parse(line.split(" ")));
    assertTrue(e.getMessage().contains(problem), e.getMessage());
  }

  private static RowOptions parse(String... args) {
    Any any = new Any();
    new CommandLine(any).parseArgs(args);
    return any.filters.toRowOptions(args.length == 0 ? -1 : 5);
  }
}
