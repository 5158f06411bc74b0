package org.bamarrow.cli;

import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Wording;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Names of options in messages, as the current command spells them. */
public record CommandWording(CommandSpec command) implements Wording {
  @Override
  public boolean has(OptionKey option) {
    return spec(option) != null;
  }

  @Override
  public String name(OptionKey option) {
    return spec(option).longestName();
  }

  @Override
  public String setting(OptionKey option, String value) {
    if (spec(option).arity().max() > 0) {
      return name(option) + " " + value;
    }
    return value.equals("false") ? "--no-" + option.word() : name(option);
  }

  private OptionSpec spec(OptionKey option) {
    OptionSpec found = command.findOption("--" + option.word());
    return found == null && option == OptionKey.LIMIT ? command.findOption("-n") : found; // head's
  }
}
