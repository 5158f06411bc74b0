package org.bamarrow.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bamarrow.internal.ipc.ArrowStart;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;
import org.bamarrow.io.FileByteSource;
import org.bamarrow.parts.PartNames;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Arrow data as input of commands that mainly read BAMs. */
final class ArrowArguments {
  private ArrowArguments() {}

  /**
   * Whether a name is a directory, or a file that starts like Arrow data. Streams, which cannot be
   * read twice, and missing files are treated as BAMs, whose errors state the reason.
   */
  static boolean isArrow(String name) throws IOException {
    if (name.equals(ByteSources.STANDARD_INPUT)) {
      return false;
    }
    Path path = Path.of(name);
    if (Files.isDirectory(path)) {
      return true;
    }
    if (!Files.isRegularFile(path) || !Files.isReadable(path)) {
      return false;
    }
    try (ByteSource source = new FileByteSource(name, path)) {
      return ArrowStart.isArrow(source);
    }
  }

  /** The files that reading Arrow data reads: the one named, or those of a directory of parts. */
  static List<String> files(Path input) throws IOException {
    if (!Files.isDirectory(input)) {
      return List.of(input.toString());
    }
    try (Stream<Path> files = Files.list(input)) {
      return files
          .filter(file -> PartNames.isOfDirectory(file.getFileName().toString()))
          .map(Path::toString)
          .toList();
    }
  }

  /**
   * Checks that no option was given that does not apply to Arrow data.
   *
   * @param ofBams names of the options that do not apply
   * @throws IllegalArgumentException if one of them was given
   */
  static void requireNone(CommandSpec spec, String name, String... ofBams) {
    for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
      List<String> names = List.of(given.names());
      if (List.of(ofBams).stream().anyMatch(names::contains)) {
        throw ofBamsOnly(names.get(0), name);
      }
    }
  }

  private static IllegalArgumentException ofBamsOnly(String option, String name) {
    return new IllegalArgumentException(
        option + " applies to BAMs only, and " + name + " holds Arrow data");
  }

  /**
   * Checks that only options that apply to Arrow data were given.
   *
   * @param meant names of the options that apply
   * @throws IllegalArgumentException if another one was given
   */
  static void requireOnly(CommandSpec spec, String name, String... meant) {
    for (OptionSpec given : spec.commandLine().getParseResult().matchedOptions()) {
      List<String> names = List.of(given.names());
      if (List.of(meant).stream().noneMatch(names::contains) && !names.contains("--debug")) {
        throw ofBamsOnly(names.get(0), name);
      }
    }
  }
}
