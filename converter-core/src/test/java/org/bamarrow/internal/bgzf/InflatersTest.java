package org.bamarrow.internal.bgzf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bamarrow.convert.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class InflatersTest {
  /** Chooses the inflater named by the first argument and prints its word. */
  public static final class Main {
    public static void main(String[] arguments) {
      System.out.print(Inflaters.choose(Inflater.valueOf(arguments[0])).word());
    }
  }

  /** Prints why faster inflaters are not used. */
  public static final class Reasons {
    public static void main(String[] arguments) {
      System.out.print(String.join("\n", Inflaters.unavailableFaster()));
    }
  }

  /** Ends in the middle of unpacking a library, as a command does that finds no input. */
  public static final class Ending {
    public static void main(String[] arguments) {
      File temporary = new File(System.getProperty("java.io.tmpdir"));
      Inflaters.chooseAsync(Inflater.valueOf(arguments[0]));
      while (Stream.of(temporary.list()).noneMatch(name -> name.startsWith("bamarrow"))) {
        Thread.onSpinWait();
      }
      System.exit(0);
    }
  }

  @Test
  void autoUsesTheFirstKindThatLoads() {
    InflaterKind chosen = Inflaters.choose(Inflater.AUTO);
    assertNull(chosen.missing());
    for (InflaterKind kind : InflaterKind.values()) {
      if (kind == chosen) {
        break;
      }
      assertTrue(kind.missing().length() > 20, "a passed-over kind says why");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRequestedKindIsUsedOrTheReasonIsReported(InflaterKind kind) {
    Inflater named = Inflater.valueOf(kind.name());
    if (kind.missing() == null) {
      assertSame(kind, Inflaters.choose(named));
    } else {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Inflaters.choose(named)).getMessage();
      assertEquals("inflater " + kind.word() + " cannot be used: " + kind.missing(), message);
      assertThrows(IllegalStateException.class, kind::open);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LIBDEFLATE", "GKL"})
  void loadingWritesNothingToTheStreamsAndLeavesNothingInTheTemporaryFolder(
      InflaterKind kind, @TempDir Path temp) throws Exception {
    assumeTrue(kind.missing() == null, kind::missing);
    assertEquals(kind.word(), run(Main.class, temp, Inflater.valueOf(kind.name())));
    assertNothingLeft(temp);
  }

  @ParameterizedTest
  @ValueSource(strings = {"LIBDEFLATE", "GKL", "LIBDEFLATE", "GKL", "LIBDEFLATE", "GKL"})
  void exitDuringUnpackingLeavesNothingInTheTemporaryFolder(InflaterKind kind, @TempDir Path temp)
      throws Exception {
    assumeTrue(kind.missing() == null, kind::missing);
    run(Ending.class, temp, Inflater.valueOf(kind.name()));
    assertNothingLeft(temp);
  }

  private static void assertNothingLeft(Path temp) throws IOException {
    try (Stream<Path> left = Files.list(temp)) {
      assertEquals(List.of(), left.filter(p -> !p.toString().contains("hsperf")).toList());
    }
  }

  @Test
  void autoUsesJavaIfNothingCanBeUnpacked(@TempDir Path temp) throws Exception {
    String output =
        run(Main.class, temp.resolve("not-there"), Inflater.AUTO); // the JVM warns about it, too
    assertTrue(output.endsWith("java"), output);
  }

  @Test
  void autoUsesTheNextKindIfJffiCannotUnpack(@TempDir Path temp) throws Exception {
    InflaterKind next = InflaterKind.GKL.missing() == null ? InflaterKind.GKL : InflaterKind.JAVA;
    String flag = "-Djffi.extract.dir=" + temp.resolve("not-there");
    assertEquals(next.word(), run(Main.class, temp, Inflater.AUTO, flag));
    String reasons = run(Reasons.class, temp, Inflater.AUTO, flag);
    assertTrue(
        reasons.startsWith("inflater libdeflate is not used: libdeflate could not be loaded: "),
        reasons);
    assertEquals(next.ordinal(), reasons.lines().count(), reasons); // one line each
    assertNothingLeft(temp);
  }

  /** jffi then unpacks itself into the working directory, so that of the system can be called. */
  @Test
  void autoWorksIfTheTemporaryFolderIsMountedNoexec() throws Exception {
    Path noexec = noexecFolder();
    assumeTrue(noexec != null, "no writable file system is mounted noexec");
    try {
      String output = run(Main.class, noexec, Inflater.AUTO);
      assertTrue(Set.of("libdeflate", "java").contains(output), output);
      assertNothingLeft(noexec);
    } finally {
      Files.delete(noexec);
    }
  }

  /** A new folder on a file system that is mounted noexec; null if there is none. */
  private static Path noexecFolder() throws IOException {
    Path mounts = Path.of("/proc/mounts");
    for (String line : Files.exists(mounts) ? Files.readAllLines(mounts) : List.<String>of()) {
      String[] fields = line.split(" "); // device, mount point, type, options
      if (fields[2].equals("tmpfs") && List.of(fields[3].split(",")).contains("noexec")) {
        try {
          return Files.createTempDirectory(Path.of(fields[1]), "bamarrow-noexec");
        } catch (IOException e) {
          continue; // not writable
        }
      }
    }
    return null;
  }

  /** Standard output and standard error of a program in a JVM of its own. */
  private static String run(Class<?> main, Path temp, Inflater inflater, String... flags)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + temp,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                inflater.name()));
    command.addAll(1, List.of(flags));
    if (Runtime.version().feature() >= 22) {
      command.add(1, "--enable-native-access=ALL-UNNAMED");
    }
    Process process =
        new ProcessBuilder(command).directory(new File(".")).redirectErrorStream(true).start();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    process.getInputStream().transferTo(out);
    assertEquals(0, process.waitFor(), out.toString());
    return out.toString();
  }
}
