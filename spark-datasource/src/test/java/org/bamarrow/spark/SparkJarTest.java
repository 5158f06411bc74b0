package org.bamarrow.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.spark.options.SparkOptions;
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
            && !name.startsWith("com/intel/gkl")
            && !name.startsWith("com/kenai/jffi")
            && !name.startsWith("jni/")
            && !name.startsWith("aircompressor/")
            && !name.startsWith("org/broadinstitute/gatk/nativebindings")) {
          foreign.add(name);
        }
      }
      assertEquals(Set.of(), foreign, "packages of others");
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
  void sparkFindsTheSourcesAndTheExtensionByTheirServices() throws IOException {
    try (JarFile jar = new JarFile(JAR)) {
      assertEquals(
          List.of(BamArrowSource.class.getName(), BamSource.class.getName()),
          service(jar, "sources.DataSourceRegister"));
      assertEquals(
          List.of(BamArrowExtensions.class.getName()),
          service(jar, "SparkSessionExtensionsProvider"));
    }
  }

  private static List<String> service(JarFile jar, String name) throws IOException {
    JarEntry file = jar.getJarEntry("META-INF/services/org.apache.spark.sql." + name);
    return new String(jar.getInputStream(file).readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  /** What is left of the test's class path is Spark's: nobody else can give what the jar lacks. */
  private static final class WithoutUs extends ClassLoader {
    private static final List<String> PACKED =
        List.of(
            "org.bamarrow.",
            "com.intel.",
            "com.kenai.",
            "org.broadinstitute.",
            "htsjdk.",
            "picocli.");

    WithoutUs() {
      super(SparkJarTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (PACKED.stream().anyMatch(name::startsWith)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  @Test
  void lacksNoClassThatTheInflatersAndOptionsNeed() throws Exception {
    URL[] jar = {Path.of(JAR).toUri().toURL()};
    try (URLClassLoader packed = new URLClassLoader(jar, new WithoutUs())) {
      Class<?> inflaters = packed.loadClass(Inflaters.class.getName());
      assertEquals(
          JAR,
          Path.of(inflaters.getProtectionDomain().getCodeSource().getLocation().toURI())
              .toString());
      Class<?> kind = packed.loadClass(InflaterKind.class.getName());
      Object libdeflate = kind.getField("LIBDEFLATE").get(null);
      assertNull(kind.getMethod("missing").invoke(libdeflate));
      // The native library of GKL can be loaded once a process, which may have happened.
      String reasons = inflaters.getMethod("unavailableFaster").invoke(null).toString();
      assertFalse(reasons.contains("NoClassDefFoundError"), reasons);
      packed
          .loadClass(SparkOptions.class.getName())
          .getConstructor(Map.class)
          .newInstance(Map.of("tags", "NM:i"));
    }
  }
}
