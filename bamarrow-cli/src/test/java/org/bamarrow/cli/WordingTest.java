package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Remedy;
import org.bamarrow.errors.Wording;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Options in messages are data; every face has its own words for them. */
class WordingTest {
  private static final Path SOURCES = Path.of("src/main/java/org/bamarrow");

  /** Packages that are the command line themselves. */
  private static final Set<String> OF_THE_COMMAND_LINE = Set.of("cli", "bench", "synth");

  private static final Pattern OPTION = Pattern.compile("\"[^\"]*--[a-z][^\"]*\"");

  private static Wording words(String command) {
    return new CommandWording(
        Main.commandLine(command).getSubcommands().get(command).getCommandSpec());
  }

  @Test
  void noMessageOfTheLibraryHasTheCommandLinesWords() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<String> found =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(
                  file ->
                      !OF_THE_COMMAND_LINE.contains(SOURCES.relativize(file).getName(0).toString()))
              .flatMap(WordingTest::lines)
              .filter(line -> OPTION.matcher(line).find())
              .toList();
      assertEquals(List.of(), found);
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(line -> file.getFileName() + ": " + line.strip());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void everyOptionOfAConversionIsKnown() {
    Set<String> known =
        Stream.of(OptionKey.values()).map(OptionKey::word).collect(Collectors.toSet());
    CommandLine convert = Main.commandLine("convert").getSubcommands().get("convert");
    Set<String> others =
        Set.of("report", "quiet", "verbose", "help", "version", "parts", "part-size", "debug");
    for (OptionSpec option : convert.getCommandSpec().options()) {
      boolean named =
          Stream.of(option.names())
              .map(name -> name.replaceFirst("^--?", ""))
              .anyMatch(name -> known.contains(name) || others.contains(name) || name.equals("s"));
      assertTrue(named, option.longestName());
    }
  }

  @Test
  void aRemedyInEachFacesWords() {
    Remedy remedy =
        Remedy.of("check it")
            .or("use ", OptionKey.ALLOW_MISSING_EOF.setTo("true"))
            .or("give ", OptionKey.MEMORY, " or ", OptionKey.TEXT_ENCODING.setTo("latin-1"))
            .or("with ", OptionKey.QUALITY.setTo("false"))
            .or("cut by ", OptionKey.SPLITTING.setTo("file"));
    assertEquals(
        "check it; use --allow-missing-eof; give --memory or --text-encoding latin-1;"
            + " with --no-quality",
        remedy.in(words("convert")));
    assertEquals("check it; use --allow-missing-eof", remedy.in(words("count")));
    assertEquals(
        "check it; use ConvertOptions.withAllowMissingEof(true); give MachineOptions.memoryBytes or"
            + " ColumnOptions.withTextEncoding(LATIN_1)",
        remedy.in(Wording.JAVA));
    assertEquals(
        "use MachineOptions.withMemoryBytes(64L << 20)",
        Remedy.of("use ", OptionKey.MEMORY.setTo("64M")).in(Wording.JAVA));
  }

  @Test
  void whatTheParserRefusesNamesTheOptionAsData() {
    OptionException refused =
        Assertions.assertThrows(
            OptionException.class,
            () -> ConvertOptionsParser.parse(Map.of("min-MQ", List.of("x"))));
    assertEquals("--min-MQ: 'x' is not an int", refused.message(words("convert")));
    refused =
        Assertions.assertThrows(
            OptionException.class,
            () -> ConvertOptionsParser.parse(Map.of("min-MQ", List.of("300"))));
    assertEquals("--min-MQ 300: must be 0 to 255", refused.message(words("convert")));
  }
}
