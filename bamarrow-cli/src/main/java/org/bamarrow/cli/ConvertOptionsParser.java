package org.bamarrow.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Sentence;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * Parses the options of a conversion given as pairs of name and value (Spark's options), with the
 * names, meanings and checks of the command line.
 */
public final class ConvertOptionsParser {
  private ConvertOptionsParser() {}

  /** Whether an option of a conversion has this long name, without the leading hyphens. */
  public static boolean known(String word) {
    return commandLine().getCommandSpec().findOption("--" + word) != null;
  }

  /**
   * @param values by long name without the leading hyphens, such as {@code other-tags}; options
   *     that are switches take {@code true} and {@code false}, repeatable ones several values
   * @throws OptionException if a value is invalid
   */
  public static ConvertOptions parse(Map<String, List<String>> values) {
    CommandLine command = commandLine();
    List<String> arguments = new ArrayList<>();
    values.forEach(
        (word, given) -> {
          OptionSpec option = command.getCommandSpec().findOption("--" + word);
          for (String value : given) {
            arguments.addAll(
                option.arity().max() == 0
                    ? flag(option, word, value)
                    : List.of("--" + word + "=" + value));
          }
        });
    try {
      command.parseArgs(arguments.toArray(String[]::new));
      return command.<Pairs>getCommand().options(List.of());
    } catch (ParameterException e) {
      // Not with e as the cause: its message uses the names of the command line.
      throw new OptionException(sentence(e), e.getCause());
    }
  }

  /** The message with the option as data. */
  private static Sentence sentence(ParameterException e) {
    if (e instanceof OptionParameterException own && own.option() != null) {
      return Sentence.of(key(own.option()), " " + own.problem());
    }
    boolean explained = e.getCause() instanceof TypeConversionException;
    return explained && e.getArgSpec() instanceof OptionSpec option
        ? Sentence.of(key(option), ": " + e.getCause().getMessage())
        : Sentence.of(e.getMessage());
  }

  private static OptionKey key(OptionSpec option) {
    List<String> names = List.of(option.names());
    return Stream.of(OptionKey.values())
        .filter(key -> names.contains("--" + key.word()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> flag(OptionSpec option, String word, String value) {
    if (value.equalsIgnoreCase("true")) {
      return List.of("--" + word);
    }
    if (!value.equalsIgnoreCase("false")) {
      throw new OptionException(key(option), ": '" + value + "' is not true or false");
    }
    return option.negatable() ? List.of("--no-" + word) : List.of();
  }

  private static CommandLine commandLine() {
    return new CommandLine(new Pairs()).setExpandAtFiles(false);
  }

  private static final class Pairs extends ConversionCommand {
    @Mixin private OutputArguments output;

    /** Also the options of the output; those that depend on its name are not available here. */
    @Override
    ConvertOptions options(List<String> inputs) {
      if (lists().contains(StandardInput.NAME)) {
        throw new IllegalArgumentException("a list cannot be read from standard input here");
      }
      ConvertOptions options = super.options(inputs);
      return options.withOutput(output.toOutputOptions(options.output(), ""));
    }

    @Override
    public Integer call() {
      throw new UnsupportedOperationException("only parsed, never run");
    }
  }
}
