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
 * The options of a conversion in the words of the command line, for those who have them as pairs of
 * name and value (Spark's options): the same words, meanings and refusals.
 */
public final class OptionWords {
  private OptionWords() {}

  /** Whether an option of a conversion has this long name, given without its hyphens in front. */
  public static boolean known(String word) {
    return commandLine().getCommandSpec().findOption("--" + word) != null;
  }

  /**
   * @param values by long name without the hyphens in front, such as {@code other-tags}; options
   *     that are switches take {@code true} and {@code false}, repeatable ones several values
   * @throws OptionException where a value has no meaning
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
      // Not with e itself, whose message has the command line's words.
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

    /** The output's too; what depends on its name is not asked for in this way. */
    @Override
    ConvertOptions options(List<String> inputs) {
      ConvertOptions options = super.options(inputs);
      return options.withOutput(output.toOutputOptions(options.output(), ""));
    }

    @Override
    public Integer call() {
      throw new UnsupportedOperationException("is parsed, never run");
    }
  }
}
