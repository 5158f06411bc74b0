package org.bamarrow.it.link;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The classes of some jars and of the JDK, found as the JVM finds them: first jar first. */
final class ClassPath implements Closeable {
  private static final String CLASS = ".class";

  private final List<JarFile> jars = new ArrayList<>();
  private final Map<String, JarFile> places = new HashMap<>();
  private final Map<String, Optional<ClassFile>> read = new HashMap<>();

  ClassPath(List<Path> files) throws IOException {
    for (Path file : files) {
      JarFile jar = new JarFile(file.toFile());
      jars.add(jar);
      names(jar).forEach(name -> places.putIfAbsent(name, jar));
    }
  }

  private static Stream<String> names(JarFile jar) {
    return jar.stream()
        .map(JarEntry::getName)
        .filter(name -> name.endsWith(CLASS) && !name.startsWith("META-INF/"))
        .map(name -> name.substring(0, name.length() - CLASS.length()));
  }

  /** The names of the classes of the first jar. */
  List<String> ofFirst() {
    return names(jars.get(0)).toList();
  }

  Optional<ClassFile> find(String name) {
    Optional<ClassFile> known = read.get(name);
    if (known == null) {
      known = bytes(name).map(ClassFile::read);
      read.put(name, known);
    }
    return known;
  }

  Optional<byte[]> bytes(String name) {
    JarFile jar = places.get(name);
    try (InputStream in =
        jar == null
            ? ClassLoader.getPlatformClassLoader().getResourceAsStream(name + CLASS)
            : jar.getInputStream(jar.getEntry(name + CLASS))) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** The class and all its supertypes that exist: superclasses first, then interfaces. */
  List<ClassFile> lineage(String name) {
    List<ClassFile> lineage = new ArrayList<>();
    Optional<ClassFile> type = find(name);
    while (type.isPresent()) {
      lineage.add(type.get());
      type = Optional.ofNullable(type.get().parent()).flatMap(this::find);
    }
    for (int i = 0; i < lineage.size(); i++) {
      for (String each : lineage.get(i).interfaces()) {
        find(each).filter(Predicate.not(lineage::contains)).ifPresent(lineage::add);
      }
    }
    return lineage;
  }

  @Override
  public void close() throws IOException {
    for (JarFile jar : jars) {
      jar.close();
    }
  }
}
