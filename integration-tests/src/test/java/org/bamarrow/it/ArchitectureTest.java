package org.bamarrow.it;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packages are what the table in {@code docs/architecture.md} says, in all modules. */
class ArchitectureTest {
  private static final Path ROOT = Path.of(System.getProperty("bamarrow.root", ".."));
  private static final Path DOCUMENT = ROOT.resolve("docs/architecture.md");
  private static final String INTERNAL = "org.bamarrow.internal.";

  /** The packages for users of the library. */
  private static final Set<String> HALL =
      Set.of(
          "org.bamarrow",
          "org.bamarrow.convert",
          "org.bamarrow.errors",
          "org.bamarrow.io",
          "org.bamarrow.parts");

  /** A row of the table: floor and package. */
  private static final Pattern ROW =
      Pattern.compile("\\| (\\d+) \\| `(org\\.bamarrow[\\w.]*)` \\|.*");

  private static JavaClasses classes;
  private static Map<String, Integer> floors;

  @BeforeAll
  static void read() throws IOException {
    for (Path sources : modules("src/main/java")) {
      Path compiled = sources.resolve("../../../target/classes").normalize();
      assertTrue(Files.isDirectory(compiled), compiled + " is missing; run mvn package");
    }
    classes =
        new ClassFileImporter()
            .withImportOption(location -> !location.contains("jmh_generated"))
            .importPaths(modules("target/classes"));
    floors = new TreeMap<>();
    for (String line : Files.readAllLines(DOCUMENT)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        floors.put(row.group(2), Integer.parseInt(row.group(1)));
      }
    }
  }

  private static boolean isOurs(JavaClass type) {
    return type.getPackageName().startsWith("org.bamarrow");
  }

  /** Each use of a class of another package, told once. */
  private static Set<String> uses(Predicate<JavaClass> from, Predicate<JavaClass> to) {
    Set<String> uses = new TreeSet<>();
    for (JavaClass origin : classes) {
      if (isOurs(origin) && from.test(origin)) {
        origin.getDirectDependenciesFromSelf().stream()
            .map(use -> use.getTargetClass().getBaseComponentType())
            .filter(target -> isOurs(target) && to.test(target))
            .filter(target -> !target.getPackageName().equals(origin.getPackageName()))
            .forEach(target -> uses.add(name(origin) + " uses " + name(target)));
      }
    }
    return uses;
  }

  private static String name(JavaClass type) {
    return type.getName().replaceAll("\\$.*", "");
  }

  @Test
  void theTableListsEveryPackage() throws IOException {
    Set<String> packages = new TreeSet<>();
    for (Path module : modules("src/main/java")) {
      try (Stream<Path> files = Files.walk(module)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .map(file -> module.relativize(file).getParent().toString().replace('/', '.'))
            .forEach(packages::add);
      }
    }
    assertEquals(packages, floors.keySet());
  }

  private static List<Path> modules(String folder) throws IOException {
    try (Stream<Path> modules = Files.list(ROOT)) {
      return modules.map(module -> module.resolve(folder)).filter(Files::isDirectory).toList();
    }
  }

  @Test
  void aPackageUsesThoseOfLowerFloorsOnly() {
    Set<String> upwards = new TreeSet<>();
    for (JavaClass origin : classes) {
      if (isOurs(origin)) {
        int floor = floors.get(origin.getPackageName());
        upwards.addAll(
            uses(origin::equals, target -> floors.get(target.getPackageName()) >= floor));
      }
    }
    assertEquals(Set.of(), upwards);
  }

  @Test
  void noPackagesUseEachOtherInACircle() {
    slices().matching("(org.bamarrow..)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void noInternalTypeIsInASignatureOfTheHall() {
    Set<String> leaks = new TreeSet<>();
    for (JavaClass type : classes) {
      if (HALL.contains(type.getPackageName()) && isVisible(type)) {
        type.getRawSuperclass().ifPresent(parent -> addLeaks(type.getName(), parent, leaks));
        type.getInterfaces().forEach(parent -> addLeaks(type.getName(), parent, leaks));
        type.getMembers().stream()
            .filter(ArchitectureTest::isVisible)
            .forEach(member -> addLeaks(member, leaks));
      }
    }
    assertEquals(Set.of(), leaks);
  }

  private static boolean isVisible(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.PUBLIC)
        && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static void addLeaks(JavaMember member, Set<String> leaks) {
    String name = member.getFullName();
    if (member instanceof JavaField field) {
      addLeaks(name, field.getType(), leaks);
    } else if (member instanceof JavaCodeUnit method) {
      addLeaks(name, method.getReturnType(), leaks);
      method.getParameterTypes().forEach(type -> addLeaks(name, type, leaks));
      method.getExceptionTypes().forEach(type -> addLeaks(name, type, leaks));
    }
  }

  private static void addLeaks(String where, JavaType type, Set<String> leaks) {
    type.getAllInvolvedRawTypes().stream()
        .filter(raw -> raw.getName().startsWith(INTERNAL))
        .forEach(raw -> leaks.add(where + " has " + raw.getName()));
  }

  /**
   * Outside the library, the kernel is for the command line, Spark and the benchmarks, and of it
   * what {@code internal-uses.txt} lists: a list that may only become shorter.
   */
  @Test
  void theKernelIsUsedOutsideAsListedAndNoMore() throws IOException {
    Set<String> uses = new TreeSet<>();
    for (JavaClass origin : classes) {
      String from = origin.getPackageName();
      if (isOurs(origin) && !HALL.contains(from) && !from.startsWith(INTERNAL)) {
        uses(origin::equals, target -> target.getName().startsWith(INTERNAL)).stream()
            .map(use -> from + use.substring(use.indexOf(" uses ")))
            .forEach(uses::add);
      }
    }
    Path list = ROOT.resolve("integration-tests/src/test/resources/internal-uses.txt");
    assertEquals(String.join("\n", Files.readAllLines(list)), String.join("\n", uses));
  }

  /** It reads Arrow data as everybody does, and knows nothing of how they were made. */
  @Test
  void verifySharesNoCodeWithTheConverter() {
    assertEquals(
        Set.of(),
        uses(
            type -> type.getPackageName().equals("org.bamarrow.verify"),
            type ->
                type.getName().startsWith(INTERNAL)
                    && !type.getPackageName().equals("org.bamarrow.internal.ipc")));
  }

  @Test
  void everyFileThatTheDocumentPointsToExists() throws IOException {
    Matcher link =
        Pattern.compile("\\| \\[`\\w+`]\\(\\.\\./([^)]+)\\) \\|")
            .matcher(Files.readString(DOCUMENT));
    Set<String> missing = new TreeSet<>();
    int rows = 0;
    for (; link.find(); rows++) {
      if (!Files.exists(ROOT.resolve(link.group(1)))) {
        missing.add(link.group(1));
      }
    }
    assertEquals(Set.of(), missing);
    assertTrue(rows >= 30, rows + " rows");
  }

  @Test
  void theGraphInTheDocumentIsWhatTheScriptPrints() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no bash");
    ProcessBuilder script = new ProcessBuilder(ROOT.resolve("docs/package-graph.sh").toString());
    script.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = script.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    String document = Files.readString(DOCUMENT);
    int begin = document.indexOf("```\n", document.indexOf("docs/package-graph.sh")) + 4;
    assertEquals(document.substring(begin, document.indexOf("```", begin)), printed);
  }
}
