package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The version is set in one place, and what is printed elsewhere is that one. */
class VersionTest {
  private static final Path ROOT = Path.of(System.getProperty("bamarrow.root", ".."));

  /** As {@code .ci/version} finds them. */
  private static final Pattern PRINTED =
      Pattern.compile("(?:bamarrow[a-z-]*[-:]|<version>)(\\d+\\.\\d+\\.\\d+[\\w-]*)");

  /** The property {@code revision} of the parent POM. */
  static String version() throws IOException {
    String pom = Files.readString(ROOT.resolve("pom.xml"));
    Matcher revision = Pattern.compile("<revision>(.*)</revision>").matcher(pom);
    assertTrue(revision.find());
    return revision.group(1);
  }

  @Test
  void documentsPrintTheVersion() throws IOException {
    List<String> others = new ArrayList<>();
    int printed = 0;
    for (Path document : documents()) {
      Matcher found = PRINTED.matcher(Files.readString(document));
      while (found.find()) {
        printed++;
        if (!found.group(1).equals(version())) {
          others.add(document + ": " + found.group());
        }
      }
    }
    assertEquals(List.of(), others);
    assertTrue(printed > 0);
  }

  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
    }
    return documents;
  }

  @Test
  void modulesTakeItFromTheParent() throws IOException {
    List<Path> poms;
    try (Stream<Path> files = Files.find(ROOT, 3, (file, attributes) -> isPomOfAModule(file))) {
      poms = files.sorted().toList();
    }
    assertTrue(poms.size() > 8, poms.toString());
    for (Path pom : poms) {
      assertTrue(Files.readString(pom).contains("<version>${revision}</version>"), pom.toString());
    }
  }

  private static boolean isPomOfAModule(Path file) {
    return file.endsWith("pom.xml") && !ROOT.relativize(file).toString().contains("target");
  }
}
