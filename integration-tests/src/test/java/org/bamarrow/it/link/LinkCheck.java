package org.bamarrow.it.link;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;

/**
 * Finds, without running anything, what the JVM would throw a {@link LinkageError} for: classes,
 * methods and fields that the classes of one jar use and that no jar beside it has, and abstract
 * methods that its classes do not implement or final ones that they override.
 */
public final class LinkCheck {
  private final ClassPath path;

  /** Those who use it, by what is missing. */
  private final Map<String, Set<String>> missing = new TreeMap<>();

  private LinkCheck(ClassPath path) {
    this.path = path;
  }

  /**
   * Checks a jar.
   *
   * @param others the jars it will run with
   * @param checked the internal names of the classes of the jar that are to be checked
   * @return one line for each thing that is missing, with the classes that use it
   */
  public static List<String> check(Path jar, List<Path> others, Predicate<String> checked)
      throws IOException {
    List<Path> all = new ArrayList<>(List.of(jar));
    all.addAll(others);
    try (ClassPath path = new ClassPath(all)) {
      LinkCheck check = new LinkCheck(path);
      path.ofFirst().stream().filter(checked).forEach(check::check);
      return check.missing.entrySet().stream()
          .map(entry -> entry.getKey() + ", used by " + String.join(", ", entry.getValue()))
          .toList();
    }
  }

  private void check(String name) {
    ClassFile user = path.find(name).orElseThrow();
    Uses uses = Uses.of(path.bytes(name).orElseThrow());
    for (String type : uses.types) {
      if (path.find(type).isEmpty()) {
        report("class " + dotted(type) + " is missing", user);
      }
    }
    for (Uses.Member member : uses.members) {
      if (!member.owner().startsWith("java/") && path.find(member.owner()).isPresent()) {
        check(member, user);
      }
    }
    requireNothingFinal(user);
    if (!user.isAbstract()) {
      requireImplementations(user);
    }
  }

  private void check(Uses.Member member, ClassFile user) {
    String name = dotted(member.owner()) + "." + member.key();
    List<ClassFile> lineage = new ArrayList<>(path.lineage(member.owner()));
    if (lineage.get(0).isInterface()) {
      path.find("java/lang/Object").ifPresent(lineage::add);
    }
    Optional<ClassFile> owner =
        lineage.stream().filter(type -> type.members().containsKey(member.key())).findFirst();
    if (owner.isEmpty()) {
      report(name + " is missing", user);
      return;
    }
    int access = owner.get().members().get(member.key());
    if (((access & Opcodes.ACC_STATIC) != 0) != member.isStatic()) {
      report(name + (member.isStatic() ? " is not static" : " is static"), user);
    }
    boolean visible =
        (access & (Opcodes.ACC_PUBLIC | Opcodes.ACC_PROTECTED)) != 0
            || owner.get().inPackage().equals(user.inPackage());
    if (!visible) {
      report(name + " is not public", user);
    }
  }

  private void requireNothingFinal(ClassFile type) {
    List<ClassFile> lineage = path.lineage(type.name());
    for (ClassFile parent : lineage.subList(1, lineage.size())) {
      parent
          .members()
          .forEach(
              (key, access) -> {
                boolean fixed = (access & Opcodes.ACC_FINAL) != 0 && key.contains("(");
                if (fixed && isInherited(access) && type.members().containsKey(key)) {
                  report(dotted(parent.name()) + "." + key + " is final", type);
                }
              });
    }
  }

  private static boolean isInherited(int access) {
    return (access & (Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE)) == 0;
  }

  private void requireImplementations(ClassFile type) {
    List<ClassFile> lineage = path.lineage(type.name());
    Set<String> implemented = new TreeSet<>();
    for (ClassFile each : lineage) {
      each.members().forEach((key, access) -> addConcrete(key, access, implemented));
    }
    for (ClassFile each : lineage) {
      each.members()
          .forEach(
              (key, access) -> {
                if ((access & Opcodes.ACC_ABSTRACT) != 0 && !implemented.contains(key)) {
                  report(dotted(each.name()) + "." + key + " is not implemented", type);
                }
              });
    }
  }

  private static void addConcrete(String key, int access, Set<String> implemented) {
    if ((access & Opcodes.ACC_ABSTRACT) == 0 && isInherited(access)) {
      implemented.add(key);
    }
  }

  private void report(String what, ClassFile user) {
    missing.computeIfAbsent(what, key -> new TreeSet<>()).add(dotted(user.name()));
  }

  private static String dotted(String internal) {
    return internal.replace('/', '.');
  }
}
