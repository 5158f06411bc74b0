package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive {@code bamarrow-VERSION.tar.gz}, unpacked into a folder that nobody may write to. */
class InstallationTest {
  @TempDir private static Path folder;
  private static Path installed;

  private Path home;

  @BeforeEach
  void unpack() throws IOException {
    home = Files.createTempDirectory(folder, "home");
    if (installed != null) {
      return;
    }
    List<Path> archives = archives();
    assumeTrue(archives.size() == 1, "mvn package builds the archive: " + archives);
    run(List.of("tar", "-xzf", archives.get(0).toString(), "-C", folder.toString()), Map.of());
    try (Stream<Path> files = Files.list(folder)) {
      installed =
          files
              .filter(file -> file.getFileName().toString().startsWith("bamarrow-"))
              .findFirst()
              .orElseThrow();
    }
    permit("a-w");
  }

  /** What the build has made: one, or none before the phase package. */
  static List<Path> archives() throws IOException {
    Path target = Path.of(System.getProperty("bamarrow.root", ".."), "bamarrow-cli/target");
    try (Stream<Path> files = Files.list(target)) {
      return files.filter(file -> file.toString().endsWith(".tar.gz")).toList();
    }
  }

  /** So that the folder can be deleted. */
  @AfterAll
  static void unlock() throws IOException {
    if (installed != null) {
      permit("u+w");
    }
  }

  private static void permit(String mode) throws IOException {
    run(List.of("chmod", "-R", mode, installed.toString()), Map.of());
  }

  private static Programs.Result run(List<String> command, Map<String, String> environment)
      throws IOException {
    return Programs.run(command, environment).orFail();
  }

  private Programs.Result bamarrow(String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(installed.resolve("bin/bamarrow").toString()));
    command.addAll(List.of(words));
    Map<String, String> environment = new HashMap<>();
    environment.put("HOME", home.toString());
    environment.put("XDG_CACHE_HOME", "");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    return run(command, environment);
  }

  private List<Path> filesOfHome() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void convertsAndKeepsItsStartUpArchiveInTheUsersCache() throws IOException {
    Path bam = home.resolve("in.bam");
    bamarrow("synth", "--records", "100", "--quiet", bam.toString());
    bamarrow("convert", "--quiet", bam.toString(), home.resolve("out.arrow").toString());
    Programs.Result verified =
        bamarrow("verify", bam.toString(), home.resolve("out.arrow").toString());
    assertTrue(verified.text().startsWith("equal: 100 rows"), verified.text());
    Path cache = home.resolve(".cache/bamarrow");
    assertEquals(1, filesOfHome().stream().filter(file -> file.startsWith(cache)).count());
  }

  @Test
  void startsWithoutACache() throws IOException {
    Files.writeString(home.resolve(".cache"), "no folder");
    Programs.Result version = bamarrow("--version");
    assertTrue(version.text().matches("bamarrow \\d\\S+\n"), version.text());
    assertEquals("", version.err());
  }

  /** As an image does for all its users. */
  @Test
  void warmUpPreparesTheArchiveForEveryone() throws IOException {
    permit("u+w");
    try {
      bamarrow("warm-up");
      permit("a-w");
      assertEquals("", bamarrow("--version").err());
      assertEquals(List.of(), filesOfHome(), "the prepared archive is used");
    } finally {
      permit("u+w");
      run(List.of("rm", "-r", installed.resolve("start-up").toString()), Map.of());
      permit("a-w");
    }
  }

  @Test
  void holdsLicencesAndACompletion() throws IOException {
    assertTrue(Files.isRegularFile(installed.resolve("LICENSE")));
    assertTrue(Files.isRegularFile(installed.resolve("licenses/libdeflate.txt")));
    String completion =
        Files.readString(installed.resolve("share/bash-completion/completions/bamarrow"));
    assertTrue(completion.contains("complete -F _complete_bamarrow"), completion);
    assertFalse(Files.exists(installed.resolve("start-up")));
  }

  @Test
  void everyCommandHasAManualPageWithItsOptions() throws IOException {
    assertDescribed("bamarrow");
    List<String> commands = commands();
    assertTrue(commands.containsAll(List.of("convert", "count", "warm-up")), commands.toString());
    for (String command : commands) {
      assertDescribed("bamarrow-" + command, command);
    }
    assertDescribed("bamarrow-bench-roofline", "bench", "roofline");
    assertFalse(Files.exists(manual("bamarrow-rehearse")), "a hidden command");
  }

  private List<String> commands() throws IOException {
    String help = bamarrow("--help").text();
    Matcher found =
        Pattern.compile("(?m)^  ([a-z-]+) ").matcher(help.substring(help.indexOf("Commands:")));
    List<String> commands = new ArrayList<>();
    while (found.find() && !found.group(1).equals("bamarrow")) { // the examples follow
      commands.add(found.group(1));
    }
    return commands;
  }

  private static Path manual(String name) {
    return installed.resolve("share/man/man1").resolve(name + ".1");
  }

  private void assertDescribed(String name, String... words) throws IOException {
    String page = Files.readString(manual(name)).replace("\\-", "-");
    List<String> command = new ArrayList<>(List.of(words));
    command.add("--help");
    Matcher option =
        Pattern.compile("(?<![\\w-])--?[A-Za-z][\\w-]*")
            .matcher(bamarrow(command.toArray(String[]::new)).text());
    while (option.find()) {
      String text = option.group();
      assertTrue(page.contains(text), () -> name + " has no " + text + ":\n" + page);
    }
  }

  /** What the formatter of manual pages has to say about them. */
  @Test
  void manualPagesAreFormattedWithoutAWarning() throws IOException {
    Programs.requireProgram("groff");
    try (Stream<Path> pages = Files.list(installed.resolve("share/man/man1"))) {
      for (Path page : pages.toList()) {
        Programs.Result formatted =
            run(List.of("groff", "-man", "-ww", "-Tutf8", page.toString()), Map.of());
        assertEquals("", formatted.err());
        assertTrue(formatted.text().contains("Show this help message"), formatted.text());
      }
    }
  }
}
