package org.bamarrow.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** An invalid value of an option, with the option and the problem as separate data. */
final class OptionParameterException extends ParameterException {
  private static final long serialVersionUID = 1L;

  private final transient OptionSpec option;
  private final String problem;

  /**
   * @param name any of the option's names
   * @param problem what follows the name in the message, such as {@code 300: up to 255}
   */
  OptionParameterException(CommandLine command, String name, String problem) {
    super(command, name + " " + problem);
    this.option = command.getCommandSpec().findOption(name);
    this.problem = problem;
  }

  OptionSpec option() {
    return option;
  }

  String problem() {
    return problem;
  }
}
