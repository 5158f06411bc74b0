package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two clones of what is committed here build a release, as RELEASING.md tells: the bytes are the
 * same, and every artifact works as its user would use it.
 */
@Tag("full") // builds everything twice
class ReleaseTest {
  private static final Path ROOT = Path.of(System.getProperty("bamarrow.root", ".."));
  private static final int RECORDS = 2_000;

  @TempDir private static Path folder;
  private static ReleaseBuild first;
  private static ReleaseBuild second;
  private static Path bam;

  @BeforeAll
  static void buildTwice() throws IOException {
    assumeTrue(Files.exists(ROOT.resolve(".git")), "no checkout of git: " + ROOT);
    Programs.requireProgram("git");
    Programs.requireProgram("mvn");
    String version = VersionTest.version().replace("-SNAPSHOT", "");
    first = ReleaseBuild.of(folder.resolve("first"), version, "America/New_York");
    second = ReleaseBuild.of(folder.resolve("second clone"), version, "Asia/Tokyo");
    bam = folder.resolve("in.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, RECORDS, 3));
  }

  @Test
  void bothClonesGiveTheSameBytes() throws IOException {
    Map<String, String> ours = first.digests();
    Map<String, String> theirs = second.digests();
    ours.forEach((file, digest) -> System.out.println(digest + "  " + file));
    assertEquals(ours.keySet(), theirs.keySet());
    List<String> different =
        ours.keySet().stream().filter(file -> !ours.get(file).equals(theirs.get(file))).toList();
    assertEquals(List.of(), different);
  }

  @Test
  void nothingElseIsPublished() throws IOException {
    Set<String> expected = new TreeSet<>(Set.of("bamarrow-bom:.pom"));
    for (String artifact : List.of("bamarrow-core", "bamarrow-cli", "bamarrow-spark")) {
      for (String ending :
          List.of(".pom", ".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json")) {
        expected.add(artifact + ":" + ending);
      }
    }
    Set<String> published = new TreeSet<>();
    try (Stream<Path> files = Files.walk(first.repository())) {
      files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !ReleaseBuild.isMavens(name))
          .map(name -> name.replace("-" + first.version(), ":"))
          .forEach(published::add);
    }
    assertEquals(expected, published);
  }

  @Test
  void pomsStandAlone() throws IOException {
    for (String artifact :
        List.of("bamarrow-core", "bamarrow-cli", "bamarrow-spark", "bamarrow-bom")) {
      String pom = Files.readString(first.file(artifact, ".pom"));
      assertFalse(pom.contains("${"), pom);
      assertFalse(pom.contains("<parent>"), pom);
      assertFalse(pom.contains("SNAPSHOT"), pom);
      for (String element :
          List.of("name", "description", "url", "license", "developer", "connection")) {
        assertTrue(pom.contains("<" + element + ">"), element + " in\n" + pom);
      }
    }
    for (String shaded : List.of("bamarrow-cli", "bamarrow-spark")) {
      String pom = Files.readString(first.file(shaded, ".pom"));
      assertFalse(pom.contains("<dependenc"), pom);
    }
    String core = Files.readString(first.file("bamarrow-core", ".pom"));
    assertEquals(
        2, core.split("<groupId>org.bamarrow<").length, "depends on none of ours: " + core);
  }

  /** What its POM does not name is in the jar, and the SBOM says so. */
  @Test
  void theSbomOfTheSparkJarNamesWhatIsInIt() throws IOException {
    JsonNode sbom =
        new ObjectMapper().readTree(first.file("bamarrow-spark", "-cyclonedx.json").toFile());
    Set<String> names = new TreeSet<>();
    sbom.get("components").forEach(component -> names.add(component.get("name").asText()));
    assertEquals(
        Set.of(
            "spark-datasource",
            "bamarrow-commands",
            "bamarrow-core",
            "bamarrow-synth",
            "aircompressor-v3",
            "gatk-native-bindings",
            "gkl",
            "htsjdk",
            "jffi",
            "picocli"),
        names);
  }

  @Test
  void shadedJarsAreThoseOfTheModules() throws IOException {
    assertEquals(
        ReleaseBuild.sha256(first.checkout().resolve("bamarrow-cli/target/bamarrow.jar")),
        ReleaseBuild.sha256(first.file("bamarrow-cli", ".jar")));
    assertEquals(
        ReleaseBuild.sha256(first.checkout().resolve("spark-datasource/target/bamarrow-spark.jar")),
        ReleaseBuild.sha256(first.file("bamarrow-spark", ".jar")));
  }

  /**
   * With an empty local repository, so that all comes from repositories; the one of this machine is
   * among them.
   */
  @Test
  void aMavenProjectConverts() throws IOException {
    Path project = Files.createDirectory(folder.resolve("project"));
    Files.writeString(
        project.resolve("pom.xml"),
        """
        <project>
          <modelVersion>4.0.0</modelVersion>
          <groupId>example</groupId>
          <artifactId>example</artifactId>
          <version>1</version>
          %s
        </project>
        """
            .formatted(first.block("<artifactId>bamarrow-bom")));
    Files.writeString(project.resolve("settings.xml"), settings(project.resolve("m2")));
    Path classPath = project.resolve("class-path");
    Programs.run(
            "mvn",
            "-B",
            "-q",
            "-f",
            project.toString(),
            "-s",
            project.resolve("settings.xml").toString(),
            "org.apache.maven.plugins:maven-dependency-plugin:"
                + versionOf("maven-dependency-plugin")
                + ":build-classpath",
            "-DincludeScope=runtime",
            "-Dmdep.outputFile=" + classPath)
        .orFail();
    Path converter =
        first.checkout().resolve("examples/src/main/java/org/bamarrow/examples/ConvertFile.java");
    List<String> command = new ArrayList<>(Programs.javaCommand(List.of(), ReleaseTest.class));
    command.set(command.size() - 2, Files.readString(classPath));
    command.set(command.size() - 1, converter.toString());
    command.addAll(List.of(bam.toString(), project.resolve("out.arrow").toString()));
    String text = Programs.run(command).orFail().text();
    System.out.print(text);
    assertTrue(text.endsWith(" of " + RECORDS + " records\n"), text);
    assertTrue(Files.exists(project.resolve("m2/org/bamarrow/bamarrow-bom")));
  }

  private static String settings(Path local) {
    Path machine =
        Path.of(
            System.getProperty(
                "localRepository", System.getProperty("user.home") + "/.m2/repository"));
    return """
    <settings>
      <localRepository>%1$s</localRepository>
      <profiles>
        <profile>
          <id>machine</id>
          <repositories>
            <repository><id>machine</id><url>%2$s</url></repository>
          </repositories>
          <pluginRepositories>
            <pluginRepository><id>machine</id><url>%2$s</url></pluginRepository>
          </pluginRepositories>
        </profile>
      </profiles>
      <activeProfiles><activeProfile>machine</activeProfile></activeProfiles>
    </settings>
    """
        .formatted(local, machine.toUri());
  }

  private static String versionOf(String plugin) throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>" + plugin + "</artifactId>\\s*<version>([^<]*)")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    assertTrue(version.find(), plugin);
    return version.group(1);
  }

  /** The command of docs/maven.md, on the oldest and the newest Spark. */
  @TestFactory
  Stream<DynamicTest> pysparkGetsTheJarByItsCoordinates() throws IOException {
    List<PySpark> all = PySpark.all();
    return Stream.of(all.get(0), all.get(all.size() - 1))
        .distinct()
        .map(spark -> DynamicTest.dynamicTest("Spark " + spark.version(), () -> count(spark)));
  }

  private static void count(PySpark spark) throws IOException {
    spark.requireJava();
    String typed =
        "print(spark.version, spark.read.format('bamarrow').load('%s').count(), 'reads')\n";
    Path input = Files.writeString(folder.resolve("typed.py"), typed.formatted(bam));
    Path ivy = folder.resolve("ivy-" + spark.version());
    String command =
        "%s --master local[2] --conf spark.ui.enabled=false --conf spark.jars.ivy=%s <%s"
            .formatted(first.block("--packages org.bamarrow").strip(), ivy, input);
    Map<String, String> environment =
        Map.of(
            "PATH",
            spark.home().resolve("bin") + File.pathSeparator + System.getenv("PATH"),
            "PYSPARK_DRIVER_PYTHON_OPTS", // a prompt, though nobody types
            "-i");
    Programs.Result result = spark.run(List.of("bash", "-c", command), environment).orFail();
    System.out.print(result.text());
    assertTrue(
        result.text().contains(spark.version() + " " + RECORDS + " reads"),
        result.text() + result.err());
    try (Stream<Path> jars = Files.list(ivy.resolve("jars"))) {
      List<Path> fetched = jars.toList();
      assertEquals(1, fetched.size(), "nothing but the jar: " + fetched);
      assertEquals(
          ReleaseBuild.sha256(first.file("bamarrow-spark", ".jar")),
          ReleaseBuild.sha256(fetched.get(0)));
    }
  }

  @Test
  void theArchiveRunsItsDemo() throws IOException {
    Path place = Files.createDirectory(folder.resolve("installed"));
    Programs.run("tar", "-xzf", first.archive().toString(), "-C", place.toString()).orFail();
    Map<String, String> environment =
        new HashMap<>(Map.of("JAVA_HOME", System.getProperty("java.home")));
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    Path bamarrow = place.resolve("bamarrow-" + first.version() + "/bin/bamarrow");
    Programs.Result version =
        Programs.run(List.of(bamarrow.toString(), "--version"), environment).orFail();
    assertEquals("bamarrow " + first.version() + "\n", version.text());
    Programs.Result demo =
        Programs.run(List.of(bamarrow.toString(), "demo", "--records", "20000"), environment);
    System.out.print(demo.orFail().text());
  }
}
