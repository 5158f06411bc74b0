package org.bamarrow.cli;

import org.bamarrow.OptionKey;
import org.bamarrow.Wording;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options as the command at hand has them. */
record CommandWords(CommandSpec command) implements Wording {
  @Override
  public boolean has(OptionKey option) {
    return spec(option) != null;
  }

  @Override
  public String name(OptionKey option) {
    return "--" + option.word();
  }

  @Override
  public String setting(OptionKey option, String value) {
    if (spec(option).arity().max() > 0) {
      return name(option) + " " + value;
    }
    return value.equals("false") ? "--no-" + option.word() : name(option);
  }

  private OptionSpec spec(OptionKey option) {
    return command.findOption("--" + option.word());
  }
}
