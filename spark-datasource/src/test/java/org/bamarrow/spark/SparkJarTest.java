package org.bamarrow.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is in the jar that users pass with {@code --jars}; runs after it has been packed. */
class SparkJarTest {
  private static final String JAR = System.getProperty("bamarrow.sparkJar");

  @BeforeAll
  static void requireJar() {
    assumeTrue(JAR != null, "the jar is tested in the phase package");
  }

  /** Classes and native code by their packages. */
  private static Set<String> packages(JarFile jar) {
    Set<String> packages = new TreeSet<>();
    for (JarEntry entry : Collections.list(jar.entries())) {
      String name = entry.getName();
      if (name.endsWith(".class") || name.endsWith(".so")) {
        packages.add(name.contains("/") ? name.substring(0, name.lastIndexOf('/')) : "");
      }
    }
    return packages;
  }

  @Test
  void holdsOursAndWhatSparkLacksAndNothingElse() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      Set<String> foreign = new TreeSet<>();
      for (String name : packages(jar)) {
        if (!name.startsWith("org/bamarrow/")
            && !name.equals("org/bamarrow")
            && !name.startsWith("com/intel/gkl")) {
          foreign.add(name);
        }
      }
      assertEquals(Set.of("com/intel/gkl", "native"), foreign, "packages");
    }
  }

  @Test
  void whatPassesBetweenSparkAndUsIsSparks() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      for (String name :
          List.of(
              "org/apache/arrow/",
              "com/google/flatbuffers/",
              "org/apache/spark/",
              "org/apache/hadoop/",
              "com/fasterxml/",
              "org/slf4j/",
              "net/jpountz/",
              "com/github/luben/",
              "org/apache/commons/")) {
        assertTrue(
            jar.stream().noneMatch(entry -> entry.getName().contains(name)), name + " is in it");
      }
    }
  }

  @Test
  void sparkFindsTheSourceByItsName() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      JarEntry service =
          jar.getJarEntry("META-INF/services/org.apache.spark.sql.sources.DataSourceRegister");
      String text = new String(jar.getInputStream(service).readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(BamArrowSource.class.getName(), text.strip());
    }
  }
}
