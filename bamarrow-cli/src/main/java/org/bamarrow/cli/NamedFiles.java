package org.bamarrow.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The files that a command line names, of which none may be overwritten by the command's output.
 */
final class NamedFiles {
  private NamedFiles() {}

  /**
   * The values of all options that were given but for those of outputs: lists of names, BED files,
   * indexes. Whatever is no file does no harm here.
   *
   * @param outputs names of the options that name outputs
   */
  static List<String> ofOptions(CommandSpec spec, String... outputs) {
    List<String> names = new ArrayList<>();
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      if (List.of(option.names()).stream().noneMatch(List.of(outputs)::contains)) {
        add(option, names);
      }
    }
    return names;
  }

  /** Of {@code TAG:FILE} the file, too. */
  private static void add(ArgSpec option, List<String> names) {
    for (String value : option.originalStringValues()) {
      names.add(value);
      int colon = value.indexOf(':');
      if (colon >= 0 && colon < value.length() - 1) {
        names.add(value.substring(colon + 1));
      }
    }
  }
}
