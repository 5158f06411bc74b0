package org.bamarrow.where;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testcontainers.DockerClientFactory;

/** The image that the Dockerfile makes, run as people and workflow managers run it. */
@Tag("machines")
class ImageTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @TempDir static Path folder;
  private static MachineImage base;
  private static String image;
  private static Path bam;
  private static Path expected;

  @BeforeAll
  static void build() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("bamarrow-cli/target"))) {
      assumeTrue(
          files.filter(file -> file.toString().endsWith(".tar.gz")).count() == 1,
          "mvn package makes the archive");
    }
    assumeTrue(
        DockerClientFactory.instance().isDockerAvailable(),
        "no Docker engine answers; .ci/docker start starts one");
    bam = folder.resolve("in.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, 5000, 3));
    expected = folder.resolve("expected.arrow");
    BamToArrow.convert(List.of(bam.toString()), expected.toString(), ConvertOptions.defaults());
    run("chmod", "-R", "777", folder.toString()); // users that this machine does not know
    base = new MachineImage(folder.resolve("base"), "0:0", List.of());
    String name = "bamarrow-image-test:" + ProcessHandle.current().pid();
    String argument = "BASE=" + base.name;
    run("docker", "build", "--build-arg", argument, "-t", name, ROOT.toString());
    image = name;
  }

  @AfterAll
  static void remove() throws IOException {
    if (image != null) {
      run("docker", "rmi", "-f", image);
    }
    if (base != null) {
      base.close();
    }
  }

  private static String run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return text;
  }

  /**
   * Output and messages of a container that can reach nothing.
   *
   * @param options of the engine, and words, between which {@code IMAGE} is replaced
   */
  private static String container(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("docker", "run", "--rm", "--network", "none"));
    for (String option : options) {
      command.add(option.equals("IMAGE") ? image : option);
    }
    return run(command.toArray(String[]::new));
  }

  private static void assertVersion(String text) {
    assertTrue(text.matches("bamarrow \\d\\S+\n"), text);
  }

  private static void assertConverted(Path arrow) throws IOException {
    assertEquals(-1, Files.mismatch(expected, arrow));
  }

  @Test
  void wordsAreBamarrowsOwn() throws IOException {
    assertVersion(container("IMAGE", "--version"));
    assertTrue(container("IMAGE").contains("Usage: bamarrow"));
    assertTrue(container("IMAGE", "head", "--help").startsWith("Usage: bamarrow head"));
    container("-v", folder + ":/data", "IMAGE", "convert", "--quiet", "in.bam", "words.arrow");
    assertConverted(folder.resolve("words.arrow"));
  }

  @Test
  void aShellIsAShellWithAndWithoutTheEntryPoint() throws IOException {
    String line = "set -eu; bamarrow --version";
    assertVersion(container("IMAGE", "bash", "-c", line));
    assertVersion(container("IMAGE", "/bin/bash", "-c", line));
    assertVersion(container("--entrypoint", "", "IMAGE", "sh", "-c", line));
    assertVersion(container("--entrypoint", "/bin/bash", "IMAGE", "-c", line));
    assertVersion(container("--entrypoint", "bamarrow", "IMAGE", "--version"));
    assertVersion(container("IMAGE", "bamarrow", "--version"));
  }

  /** As Nextflow does: the script and the work lie in a mounted folder of the caller's. */
  @Test
  void aScriptRunsInAMountedFolderAsAnyUserOfAReadOnlyImage() throws IOException {
    Path work = Files.createDirectory(folder.resolve("work"));
    Path script = work.resolve(".command.sh");
    Files.writeString(script, "bamarrow convert --quiet ../in.bam out.arrow\n");
    run("chmod", "-R", "777", work.toString());
    String text =
        container(
            "--read-only",
            "-u",
            "12345:12345",
            "-v",
            folder + ":" + folder,
            "-w",
            work.toString(),
            "IMAGE",
            "/bin/bash",
            "-ue",
            script.toString());
    assertEquals("", text, "the start-up archive is in the image");
    assertConverted(work.resolve("out.arrow"));
    assertEquals(12345, Files.getAttribute(work.resolve("out.arrow"), "unix:uid"));
  }

  @Test
  void itsUserIsNotRoot() throws IOException {
    assertEquals("10001\n", container("IMAGE", "bash", "-c", "id -u"));
  }
}
