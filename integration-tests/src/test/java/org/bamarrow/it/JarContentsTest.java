package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the two jars that users get hold beside classes. */
class JarContentsTest {
  private static final Path ROOT = Path.of(System.getProperty("bamarrow.root", ".."));
  private static final String COMMAND_LINE = "bamarrow-cli/target/bamarrow.jar";
  private static final String SPARK = "spark-datasource/target/bamarrow-spark.jar";

  private static JarFile open(String name) throws IOException {
    Path jar = ROOT.resolve(name);
    assumeTrue(Files.exists(jar), () -> "not built: " + name);
    return new JarFile(jar.toFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {COMMAND_LINE, SPARK})
  void everyBundledLibraryHasItsLicence(String name) throws IOException {
    try (JarFile jar = open(name)) {
      for (Path file : licences()) {
        String library = file.getFileName().toString().replace(".txt", "");
        if (hasClassesOf(jar, library)) {
          JarEntry entry = jar.getJarEntry("META-INF/licenses/" + library + ".txt");
          assertTrue(entry != null, () -> "no licence of " + library);
          assertEquals(Files.readString(file), text(jar, entry));
        }
      }
      for (String own : List.of("LICENSE", "NOTICE")) {
        assertEquals(Files.readString(ROOT.resolve(own)), text(jar, jar.getJarEntry(own)));
      }
    }
  }

  private static List<Path> licences() throws IOException {
    try (var files = Files.list(ROOT.resolve("licenses"))) {
      List<Path> all = files.sorted().toList();
      assertEquals(9, all.size(), "a library more: add its package to hasClassesOf");
      return all;
    }
  }

  private static boolean hasClassesOf(JarFile jar, String library) {
    String folder =
        switch (library) {
          case "gatk-native-bindings" -> "org/broadinstitute/gatk/";
          case "gkl" -> "com/intel/gkl/";
          case "htsjdk" -> "htsjdk/samtools/";
          case "jffi" -> "com/kenai/jffi/";
          case "jline" -> "org/jline/";
          case "libdeflate" -> "aircompressor/";
          case "lz4-java" -> "net/jpountz/";
          case "progressbar" -> "me/tongfei/";
          case "zstd-jni" -> "com/github/luben/";
          default -> throw new AssertionError("no package known of " + library);
        };
    return jar.stream().anyMatch(entry -> entry.getName().contains(folder));
  }

  private static String text(JarFile jar, JarEntry entry) throws IOException {
    try (var in = jar.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {COMMAND_LINE, SPARK})
  void ofGklThereIsTheInflaterAlone(String name) throws IOException {
    try (JarFile jar = open(name)) {
      List<String> others =
          jar.stream()
              .map(JarEntry::getName)
              .filter(entry -> entry.matches(".*(pairhmm|pdhmm|smithwaterman).*"))
              .filter(entry -> !entry.startsWith("org/broadinstitute/"))
              .toList();
      assertEquals(List.of(), others);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {COMMAND_LINE, SPARK})
  void ofAircompressorThereIsLibdeflateAloneAndJffiForTheSamePlatforms(String name)
      throws IOException {
    try (JarFile jar = open(name)) {
      List<String> files =
          jar.stream()
              .filter(entry -> !entry.isDirectory())
              .map(JarEntry::getName)
              .filter(entry -> entry.matches("(aircompressor|jni|io/airlift)/.*"))
              .sorted()
              .toList();
      assertEquals(
          List.of(
              "aircompressor/linux-aarch64/libdeflate.so",
              "aircompressor/linux-amd64/libdeflate.so",
              "aircompressor/linux-ppc64le/libdeflate.so",
              "aircompressor/macos-aarch64/libdeflate.dylib",
              "aircompressor/macos-amd64/libdeflate.dylib",
              "jni/Darwin/libjffi-1.2.jnilib",
              "jni/aarch64-Linux/libjffi-1.2.so",
              "jni/ppc64le-Linux/libjffi-1.2.so",
              "jni/x86_64-Linux/libjffi-1.2.so"),
          files);
    }
  }

  /** An entry with the time of the build would give other bytes for the same sources. */
  @ParameterizedTest
  @ValueSource(strings = {COMMAND_LINE, SPARK})
  void noEntryHasTheTimeOfTheBuild(String name) throws IOException {
    try (JarFile jar = open(name)) {
      LocalDateTime ours = jar.getJarEntry("org/bamarrow/BamToArrow.class").getTimeLocal();
      List<String> newer =
          jar.stream()
              .filter(entry -> entry.getTimeLocal().isAfter(ours))
              .map(JarEntry::getName)
              .toList();
      assertEquals(List.of(), newer);
    }
  }
}
