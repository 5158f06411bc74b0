package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher on the JVM of this test, in a checkout that holds a fresh jar and no sources. */
class LauncherTest {
  private static final String JVM = System.getProperty("java.home");

  @TempDir private static Path folder;
  private static Path checkout;

  @BeforeAll
  static void copyTheLauncherAndTheJar() throws IOException {
    Path root = Path.of(System.getProperty("bamarrow.root"));
    Path jar = root.resolve("bamarrow-cli/target/bamarrow.jar");
    assumeTrue(Files.exists(jar), "no bamarrow.jar yet: mvn verify builds it");
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh");
    checkout = folder.resolve("check out");
    Files.createDirectories(checkout.resolve("bamarrow-cli/target"));
    for (String module : List.of("synth", "converter-core")) {
      Files.createDirectories(checkout.resolve(module));
    }
    for (String file :
        List.of(
            "bamarrow",
            "bamarrow-cli/src/dist/lib/launch.sh",
            "pom.xml",
            "synth/pom.xml",
            "converter-core/pom.xml",
            "bamarrow-cli/pom.xml")) {
      Files.createDirectories(checkout.resolve(file).getParent());
      Files.copy(root.resolve(file), checkout.resolve(file));
    }
    Files.copy(jar, checkout.resolve("bamarrow-cli/target/bamarrow.jar"));
  }

  @Test
  void secondStartPrintsTheVersionAndNothingElse() throws Exception {
    run(JVM, checkout.resolve("bamarrow"), "--version");
    Result second = run(JVM, checkout.resolve("bamarrow"), "--version");
    assertEquals(0, second.code());
    assertTrue(second.out().matches("bamarrow \\d\\S+\n"), second.out());
    assertEquals("", second.err());
  }

  @Test
  void passesTheExitCodeOn() throws Exception {
    assertEquals(2, run(JVM, checkout.resolve("bamarrow"), "--no-such-option").code());
  }

  @Test
  void worksThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("check out/bamarrow"));
    assertEquals(0, run(JVM, link, "--version").code());
  }

  @Test
  void startsInSilenceWithAnArchiveThatDoesNotFit() throws Exception {
    run(JVM, checkout.resolve("bamarrow"), "--version");
    Path archives = checkout.resolve("bamarrow-cli/target/start-up");
    try (Stream<Path> list = Files.list(archives)) {
      for (Path archive : list.toList()) {
        Files.delete(archive);
        Files.writeString(archive, "not an archive ".repeat(1000));
      }
    }
    Result result = run(JVM, checkout.resolve("bamarrow"), "--version");
    assertEquals(0, result.code());
    assertTrue(result.out().startsWith("bamarrow "), result.out());
    assertEquals("", result.err());
  }

  /** What a compiler leaves in an archive before JDK 21 may keep methods from being compiled. */
  @ParameterizedTest
  @CsvSource({"17.0.15,true", "20.0.2,true", "21,false", "25.0.1,false"})
  void beforeJdk21TheStartIsRehearsedWithoutTheCompiler(String version, boolean interpreted)
      throws Exception {
    Path home = jvm(version, "echo \"$@\" >>\"${0%/*}/calls\"\n");
    assertEquals(0, run(home.toString(), checkout.resolve("bamarrow"), "--version").code());
    List<String> calls = Files.readAllLines(home.resolve("bin/calls"));
    assertEquals(3, calls.size(), "rehearsal, a simpler one, the command: " + calls);
    assertTrue(calls.get(0).contains(" rehearse "), calls.get(0));
    assertEquals(interpreted, calls.get(0).contains(" -Xint "), calls.get(0));
    assertFalse(calls.get(2).contains("-Xint"), calls.get(2));
  }

  /** A JVM of that version by what it says of itself, which does what the script says. */
  private static Path jvm(String version, String script) throws IOException {
    Path home = folder.resolve("jdk " + version);
    Files.createDirectories(home.resolve("bin"));
    Path java = Files.writeString(home.resolve("bin/java"), "#!/bin/sh\n" + script);
    assertTrue(java.toFile().setExecutable(true));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  /** Decompressing needs what the manifest of the jar opens. */
  @Test
  void countsCompressedArrowData() throws Exception {
    Path launcher = checkout.resolve("bamarrow");
    String bam = folder.resolve("counted.bam").toString();
    String arrow = folder.resolve("counted.arrow").toString();
    run(JVM, launcher, "synth", "--records", "5000", "--quiet", bam);
    run(JVM, launcher, "convert", "--compression", "zstd", "--quiet", bam, arrow);
    Result ofBam = run(JVM, launcher, "count", "-e", "length(seq) > 100", bam);
    assertTrue(ofBam.out().matches("[1-9]\\d*\n"), ofBam.err());
    assertEquals(ofBam, run(JVM, launcher, "count", "-e", "length(seq) > 100", arrow));
  }

  @Test
  void refusesAJvmThatIsTooOld() throws Exception {
    Path home = jvm("11.0.2", "");
    Result result = run(home.toString(), checkout.resolve("bamarrow"), "--version");
    assertEquals(1, result.code());
    assertEquals("", result.out());
    assertTrue(result.err().contains("is JDK 11.0.2; bamarrow needs 17 or newer"), result.err());
  }

  /** Whose size it cannot know. */
  @Test
  void leavesAnInputThatCannotBeReadToBamarrow() throws Exception {
    Path locked = Files.createFile(folder.resolve("locked.bam"));
    Files.setPosixFilePermissions(locked, Set.of());
    assumeTrue(!Files.isReadable(locked), "this user may read everything");
    run(JVM, checkout.resolve("bamarrow"), "--version");
    Result result = run(JVM, checkout.resolve("bamarrow"), "convert", locked.toString(), "-");
    assertEquals(1, result.code());
    assertEquals(
        "bamarrow: " + locked + ": is not readable; check its permissions\n", result.err());
  }

  private record Result(int code, String out, String err) {}

  private static Result run(String javaHome, Path launcher, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
    command.addAll(List.of(words));
    Path out = Files.createTempFile(folder, "out", null);
    Path err = Files.createTempFile(folder, "err", null);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment.put("JAVA_HOME", javaHome);
    environment.remove("BAMARROW_JAVA_OPTS");
    int code = builder.start().waitFor();
    return new Result(code, Files.readString(out), Files.readString(err));
  }
}
