package org.bamarrow.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.bamarrow.ConvertOptions;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

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
   * @throws IllegalArgumentException where a value has no meaning; the message names the option as
   *     the command line does
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
      throw new IllegalArgumentException(inWords(e.getMessage(), command, values.keySet()), e);
    }
  }

  /** The message with the words given in the place of short names. */
  private static String inWords(String message, CommandLine command, Collection<String> words) {
    String text = message;
    for (String word : words) {
      for (String name : command.getCommandSpec().findOption("--" + word).names()) {
        if (name.length() == 2) {
          text = text.replaceAll("(?<![\\w-])" + name + "(?= )", "--" + word);
        }
      }
    }
    return text;
  }

  private static List<String> flag(OptionSpec option, String word, String value) {
    if (value.equalsIgnoreCase("true")) {
      return List.of("--" + word);
    }
    if (!value.equalsIgnoreCase("false")) {
      throw new IllegalArgumentException("--" + word + ": '" + value + "' is not true or false");
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
      return options.with(output.toOutputOptions(options.output(), ""));
    }

    @Override
    public Integer call() {
      throw new UnsupportedOperationException("is parsed, never run");
    }
  }
}
