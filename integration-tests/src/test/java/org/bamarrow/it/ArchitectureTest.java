package org.bamarrow.it;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The packages are what the table in {@code docs/architecture.md} says, in all modules. */
class ArchitectureTest {
  private static final Path ROOT = Path.of(System.getProperty("bamarrow.root", ".."));
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
    List<Path> modules;
    try (Stream<Path> folders = Files.list(ROOT)) {
      modules =
          folders
              .map(folder -> folder.resolve("target/classes"))
              .filter(Files::isDirectory)
              .toList();
    }
    classes = new ClassFileImporter().importPaths(modules);
    floors = new TreeMap<>();
    for (String line : Files.readAllLines(ROOT.resolve("docs/architecture.md"))) {
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
  void theTableListsEveryPackage() {
    Set<String> packages =
        classes.stream()
            .filter(ArchitectureTest::isOurs)
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(packages, floors.keySet());
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

  @Test
  void verifySharesNoCodeWithTheConverter() {
    Set<String> converter =
        Set.of("aggregate", "bam", "bgzf", "column", "engine", "filter", "index", "read");
    assertEquals(
        Set.of(),
        uses(
            type -> type.getPackageName().equals("org.bamarrow.verify"),
            type ->
                type.getPackageName().startsWith(INTERNAL)
                    && converter.contains(type.getPackageName().substring(INTERNAL.length()))));
  }
}
