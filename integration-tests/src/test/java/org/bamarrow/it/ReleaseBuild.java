package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A clone of this checkout, and all that RELEASING.md builds from it.
 *
 * @param checkout where it is
 * @param version of the release
 */
record ReleaseBuild(Path checkout, String version) {
  private static final Path ROOT =
      Path.of(System.getProperty("bamarrow.root", "..")).toAbsolutePath().normalize();

  /** What is committed, as a release of {@code version}, built where it is {@code timeZone}. */
  static ReleaseBuild of(Path checkout, String version, String timeZone) throws IOException {
    Programs.run("git", "clone", "-q", ROOT.toString(), checkout.toString()).orFail();
    ReleaseBuild build = new ReleaseBuild(checkout, version);
    Map<String, String> environment =
        Map.of("TZ", timeZone, "JAVA_HOME", System.getProperty("java.home"));
    if (VersionTest.version().endsWith("-SNAPSHOT")) {
      build.run(environment, ".ci/version", version, "2026-12-01");
    }
    build.run(
        environment,
        "mvn",
        "-B",
        "-q",
        "-Prelease",
        "-DskipTests",
        "-Dmaven.install.skip=true", // the local repository is not this test's
        "deploy",
        "-DaltDeploymentRepository=local::" + build.repository().toUri());
    String python = System.getenv("BAMARROW_PYTHON");
    if (python != null && Programs.run(python, "-c", "import hatchling").code() == 0) {
      String wheels = checkout.resolve("release").toString();
      build.run(
          environment,
          python,
          "-m",
          "pip",
          "-q",
          "wheel",
          "--disable-pip-version-check",
          "--no-build-isolation",
          "--no-deps",
          "-w",
          wheels,
          "./python");
    }
    return build;
  }

  private void run(Map<String, String> environment, String... words) throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "-C", checkout.toString()));
    command.addAll(List.of(words));
    Programs.run(command, environment).orFail();
  }

  /** The folder that is a Maven repository. */
  Path repository() {
    return checkout.resolve("release/maven");
  }

  Path archive() {
    return checkout.resolve("bamarrow-cli/target/bamarrow-" + version + ".tar.gz");
  }

  /** A published file; {@code ending} is such as {@code .pom} or {@code -sources.jar}. */
  Path file(String artifact, String ending) {
    return repository()
        .resolve("org/bamarrow/" + artifact + "/" + version)
        .resolve(artifact + "-" + version + ending);
  }

  /**
   * The SHA-256 of each file, by its path below the clone; not of Maven's lists, which are dated,
   * and not of checksums.
   */
  SortedMap<String, String> digests() throws IOException {
    SortedMap<String, String> digests = new TreeMap<>();
    List<Path> files = new ArrayList<>(List.of(archive()));
    try (Stream<Path> walk = Files.walk(checkout.resolve("release"))) {
      walk.filter(Files::isRegularFile)
          .filter(file -> !isMavens(file.getFileName().toString()))
          .forEach(files::add);
    }
    for (Path file : files) {
      digests.put(checkout.relativize(file).toString(), sha256(file));
    }
    return digests;
  }

  static boolean isMavens(String name) {
    return name.matches("maven-metadata.*|.*\\.(md5|sha1|sha256|sha512)");
  }

  static String sha256(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** The block of docs/maven.md that has {@code line}, with this repository in it. */
  String block(String line) throws IOException {
    List<DocBlock> blocks =
        DocBlock.of(checkout, "docs/maven.md").stream()
            .filter(block -> block.text().contains(line))
            .toList();
    assertEquals(1, blocks.size(), line);
    return blocks.get(0).text().replace("file:///path/to/repository", repository().toUri() + "");
  }
}
