package org.bamarrow.where;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/**
 * An image of what this machine has: some programs, this JDK, the libraries of both, and jars, such
 * as Spark's as the build downloaded them. Nothing comes from a registry.
 */
final class MachineImage implements AutoCloseable {
  static final String JAVA = "/opt/java/bin/java";
  static final String SPARK = "/opt/spark";

  /** What Spark and Hadoop call, and what a launcher needs on top. */
  private static final List<String> PROGRAMS =
      List.of(
          "sh", "bash", "chmod", "id", "ls", "rm", "mkdir", "ln", "mv", "readlink", "wc", "touch");

  /** What native code in jars is linked to; those that lie where the C library lies. */
  private static final List<String> LIBRARIES =
      List.of(
          "libdl.so.2",
          "libgcc_s.so.1",
          "libm.so.6",
          "libpthread.so.0",
          "librt.so.1",
          "libstdc++.so.6",
          "libz.so.1");

  /** The JDK's compiler and documents. */
  private static final List<String> NOT_NEEDED =
      List.of("src.zip", "ct.sym", "jmods", "docs", "man");

  private final Path root;

  /** Given to the engine. */
  final String name;

  /**
   * Builds it; the engine must run.
   *
   * @param folder does not exist; links to all that goes into the image
   * @param user who shall run the processes
   * @param jars those of Spark; none: it has no Spark
   */
  MachineImage(Path folder, String user, List<Path> jars) throws IOException {
    root = folder;
    addUser(user);
    Path java = Path.of(System.getProperty("java.home"));
    link(java, "/opt/java");
    for (String program : PROGRAMS) {
      Path file = Path.of(run("sh", "-c", "command -v " + program).get(0)).toRealPath();
      link(file, "/bin/" + program);
      addLibraries(file);
    }
    addLibraries(java.resolve("bin/java"));
    try (Stream<Path> libraries = Files.walk(java.resolve("lib"))) {
      for (Path library : libraries.filter(f -> f.toString().endsWith(".so")).toList()) {
        addLibraries(library);
      }
    }
    for (Path jar : jars) {
      link(jar, SPARK + "/jars/" + jar.getFileName());
    }
    name = "bamarrow-tests:" + folder.getFileName() + ProcessHandle.current().pid();
    load();
  }

  private void addUser(String user) throws IOException {
    Path etc = Files.createDirectories(root.resolve("etc"));
    Files.writeString(etc.resolve("passwd"), "tests:x:" + user + "::/tmp:/bin/sh\n");
    Files.writeString(etc.resolve("group"), "tests:x:" + user.split(":")[1] + ":\n");
    Files.writeString(etc.resolve("nsswitch.conf"), "hosts: files dns\n");
    Files.createDirectories(root.resolve("tmp"));
    run("chmod", "1777", root.resolve("tmp").toString());
  }

  /** Those that the loader would load; a library that lacks one (of a window system) may. */
  private void addLibraries(Path file) throws IOException {
    String java = System.getProperty("java.home"); // its own are in its folder
    for (String line : run("ldd", file.toRealPath().toString())) {
      String path = line.strip().replaceFirst(".*=> ", "").replaceFirst(" \\(0x.*", "");
      if (path.startsWith("/")
          && !path.startsWith(java)
          && !Files.exists(root.resolve(path.substring(1)))) {
        link(Path.of(path), path);
        if (path.endsWith("/libc.so.6")) {
          addNeighbours(Path.of(path).getParent());
        }
      }
    }
  }

  private void addNeighbours(Path folder) throws IOException {
    for (String library : LIBRARIES) {
      Path file = folder.resolve(library);
      if (Files.exists(file) && !Files.exists(root.resolve(file.toString().substring(1)))) {
        link(file, file.toString());
      }
    }
  }

  private void link(Path file, String place) throws IOException {
    Path link = root.resolve(place.substring(1));
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, file.toRealPath());
  }

  private static List<String> run(String... command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  /** By the engine's own program: docker-java cuts an archive of this size short. */
  private void load() throws IOException {
    ProcessBuilder tar = new ProcessBuilder("tar", "-C", root.toString());
    NOT_NEEDED.forEach(file -> tar.command().add("--exclude=" + file));
    tar.command().addAll(List.of("-ch", "."));
    tar.redirectError(ProcessBuilder.Redirect.INHERIT);
    ProcessBuilder docker =
        new ProcessBuilder("docker", "import", "--change", "ENV JAVA_HOME=/opt/java", "-", name);
    docker.redirectError(ProcessBuilder.Redirect.INHERIT);
    docker.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    try {
      for (Process process : ProcessBuilder.startPipeline(List.of(tar, docker))) {
        if (process.waitFor() != 0) {
          throw new IOException("the image was not made; see standard error");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() {
    DockerClientFactory.lazyClient().removeImageCmd(name).withForce(true).exec();
  }
}
