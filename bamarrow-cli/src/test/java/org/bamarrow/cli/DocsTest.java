package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The documents name what is there, and docs/cli.md names all of it. */
class DocsTest {
  private static final Path ROOT = Path.of(System.getProperty("bamarrow.root", ".."));
  private static final Pattern LONG_OPTION =
      Pattern.compile("(?<![\\w-])--[a-z][A-Za-z]*(?:-[A-Za-z]+)*");
  private static final Pattern SHORT_OPTION = Pattern.compile("`(-[A-Za-z@])(?= |`)");
  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

  /** A name of two words or more anywhere, of one where it, or a member of it, stands alone. */
  private static final Pattern CLASS_NAME =
      Pattern.compile(
          "(?<![\\w.:=-])(?:[A-Z][a-z0-9]+){2,}(?!\\w)|^[A-Z][a-z0-9]+(?=$|\\.[a-z]\\w*$)");

  /** Of other projects. */
  private static final Set<String> FOREIGN_CLASSES =
      Set.of(
          "ArrowColumnVector",
          "ArrowReader",
          "ArrowRecordBatch",
          "VectorSchemaRoot",
          "Unsafe",
          "BamRecordGuesser",
          "SparkSession",
          // words of Spark's EXPLAIN
          "BatchScan",
          "PushedAggregation",
          "PushedGroupBy",
          "PartitionFilters",
          "PushedFilters",
          "PushedLimit",
          "RuntimeFilters");

  @Test
  void everyOptionOfEveryCommandIsInTheDocument() throws IOException {
    String text = cli();
    Set<String> missing = new TreeSet<>();
    for (CommandLine command : commands(Main.commandLine(), new ArrayList<>())) {
      for (OptionSpec option : command.getCommandSpec().options()) {
        for (String name : names(option)) {
          if (!Pattern.compile("(?<![\\w-])" + name + "(?![\\w-])").matcher(text).find()) {
            missing.add(command.getCommandName() + " " + name);
          }
        }
      }
    }
    assertEquals(Set.of(), missing, "not in docs/cli.md");
  }

  @Test
  void everyCommandIsInTheDocument() throws IOException {
    String text = cli();
    for (CommandLine command : commands(Main.commandLine(), new ArrayList<>())) {
      String name = command.getCommandSpec().qualifiedName().replace("bamarrow ", "");
      assertFalse(!text.contains("`" + name) && !text.contains("## " + name), name);
    }
  }

  @Test
  void everyOptionInTheDocumentExists() throws IOException {
    Set<String> known = new TreeSet<>();
    for (CommandLine command : commands(Main.commandLine(), new ArrayList<>())) {
      command.getCommandSpec().options().forEach(option -> known.addAll(names(option)));
    }
    Set<String> unknown = new TreeSet<>();
    for (Pattern pattern : List.of(LONG_OPTION, SHORT_OPTION)) {
      Matcher matcher = pattern.matcher(cli());
      matcher.results().map(DocsTest::option).filter(o -> !known.contains(o)).forEach(unknown::add);
    }
    assertEquals(Set.of(), unknown, "in docs/cli.md, but no option");
  }

  @Test
  void everyClassThatADocumentNamesExists() throws IOException {
    Set<String> known = new TreeSet<>(FOREIGN_CLASSES);
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .forEach(name -> known.add(name.replace(".java", "")));
    }
    Set<String> unknown = new TreeSet<>();
    for (Path document : documents()) {
      for (MatchResult code : CODE.matcher(Files.readString(document)).results().toList()) {
        CLASS_NAME
            .matcher(code.group(1))
            .results()
            .filter(name -> !known.contains(name.group()))
            .forEach(name -> unknown.add(ROOT.relativize(document) + ": " + name.group()));
      }
    }
    assertEquals(Set.of(), unknown, "no such class");
  }

  private static String cli() throws IOException {
    return Files.readString(ROOT.resolve("docs/cli.md"));
  }

  private static String option(MatchResult match) {
    return match.group(match.groupCount());
  }

  /** With the forms that {@code --[no-]name} stands for. */
  private static List<String> names(OptionSpec option) {
    List<String> names = new ArrayList<>(List.of(option.names()));
    if (option.negatable()) {
      Stream.of(option.names()).map(name -> name.replace("--", "--no-")).forEach(names::add);
    }
    return names;
  }

  private static List<CommandLine> commands(CommandLine from, List<CommandLine> all) {
    if (!from.getCommandSpec().usageMessage().hidden()) {
      all.add(from);
      from.getSubcommands().values().forEach(command -> commands(command, all));
    }
    return all;
  }

  private static Set<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      Set<Path> documents =
          files
              .filter(file -> file.toString().endsWith(".md"))
              .collect(Collectors.toCollection(TreeSet::new));
      documents.add(ROOT.resolve("README.md"));
      documents.add(ROOT.resolve("CONTRIBUTING.md"));
      return documents;
    }
  }
}
