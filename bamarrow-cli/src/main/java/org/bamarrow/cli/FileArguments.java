package org.bamarrow.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The files given on a command line, which the output of the command must not overwrite. */
final class FileArguments {
  private FileArguments() {}

  /**
   * The values of all given options except those of outputs: lists of names, BED files, indexes.
   * Values that are not files are harmless.
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

  /** Also the file of {@code TAG:FILE}. */
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
