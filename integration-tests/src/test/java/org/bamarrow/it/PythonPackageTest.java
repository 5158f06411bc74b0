package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wheel, built from this checkout and installed into an empty folder, passes its own tests. */
@Tag("machines") // about Python, and so on one JDK
class PythonPackageTest {
  private static final Path ROOT =
      Path.of(System.getProperty("bamarrow.root", "..")).toAbsolutePath().normalize();

  @TempDir static Path folder;

  @Test
  void theWheelPassesItsTests() throws IOException {
    String python = Programs.pythonWithClients();
    assumeTrue(
        Programs.run(python, "-c", "import hatchling, pytest").code() == 0,
        "no hatchling and pytest for " + python);
    assumeTrue(Files.exists(PySpark.path()), "mvn package builds the jars");
    String wheels = folder.resolve("wheels").toString();
    pip(python, "wheel", "--no-build-isolation", "-w", wheels, ROOT.resolve("python").toString());
    List<Path> built;
    try (Stream<Path> files = Files.list(Path.of(wheels))) {
      built = files.toList();
    }
    assertEquals(1, built.size(), built.toString());
    Path site = folder.resolve("site");
    pip(python, "install", "--target", site.toString(), built.get(0).toString());
    Map<String, String> environment =
        Map.of(
            "PYTHONPATH",
            site.toString(),
            "PYTHONDONTWRITEBYTECODE",
            "1",
            "XDG_CACHE_HOME",
            folder.resolve("cache").toString(),
            "JAVA_HOME",
            System.getProperty("java.home"));
    String tests = ROOT.resolve("python/tests").toString();
    Programs.Result result =
        Programs.run(
            List.of(python, "-m", "pytest", "-q", "-p", "no:cacheprovider", tests), environment);
    System.out.print(result.text());
    result.orFail();
  }

  private static void pip(String python, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of(python, "-m", "pip", "-q", words[0]));
    command.addAll(List.of("--disable-pip-version-check", "--no-deps"));
    command.addAll(List.of(words).subList(1, words.length));
    Programs.run(command).orFail();
  }
}
