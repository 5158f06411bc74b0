package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Other people's programs: samtools, Python, and the JVM of this test. */
final class Programs {
  private Programs() {}

  /** What a program printed, and how it ended. */
  record Result(int code, byte[] out, String err) {
    String text() {
      return new String(out, StandardCharsets.UTF_8);
    }

    Result orFail() {
      assertEquals(0, code, () -> text() + err);
      return this;
    }
  }

  static Result run(List<String> command) throws IOException {
    return run(command, Map.of());
  }

  /** Runs with these variables added to the environment; standard input is empty. */
  static Result run(List<String> command, Map<String, String> environment) throws IOException {
    Path err = Files.createTempFile("bamarrow", ".err");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      byte[] out = process.getInputStream().readAllBytes();
      return new Result(process.waitFor(), out, Files.readString(err, StandardCharsets.ISO_8859_1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      Files.delete(err);
    }
  }

  static Result run(String... command) throws IOException {
    return run(List.of(command));
  }

  private static boolean starts(String... command) {
    try {
      return run(command).code() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  static boolean hasSamtools() {
    return starts("samtools", "--version");
  }

  static void requireSamtools() {
    requireProgram("samtools");
  }

  static void requireProgram(String name) {
    assumeTrue(starts(name, "--version"), () -> "no " + name + " on the PATH");
  }

  /** Python for scripts that need its standard library alone. */
  static String python() {
    assumeTrue(starts("python3", "--version"), "no python3 on the PATH");
    return "python3";
  }

  /** Python with the Arrow clients, from BAMARROW_PYTHON or the PATH. */
  static String pythonWithClients() {
    String named = System.getenv("BAMARROW_PYTHON");
    String python = named == null ? "python3" : named;
    assumeTrue(
        starts(python, "-c", "import pyarrow, polars, duckdb"),
        python + " has no pyarrow, polars and duckdb; name one that has with BAMARROW_PYTHON");
    return python;
  }

  /** Runs a class of the test's class path in a JVM of its own. */
  static Result java(List<String> jvmOptions, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = javaCommand(jvmOptions, main);
    command.addAll(List.of(arguments));
    return run(command);
  }

  /** The command of {@link #java} without arguments. */
  static List<String> javaCommand(List<String> jvmOptions, Class<?> main) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
    if (Runtime.version().feature() >= 24) {
      command.add("--sun-misc-unsafe-memory-access=allow");
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    return command;
  }
}
