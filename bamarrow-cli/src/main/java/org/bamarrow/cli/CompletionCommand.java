package org.bamarrow.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;

/** {@code bamarrow completion}: what bash and zsh need to complete commands and options. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = "Print the completion script for bash and zsh.",
    footer = {
      "",
      "Examples:",
      "  source <(bamarrow completion)",
      "  bamarrow completion > ~/.local/share/bash-completion/completions/bamarrow"
    })
final class CompletionCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    try (StandardOutput out = new StandardOutput()) {
      String script = AutoComplete.bash("bamarrow", Main.commandLine());
      out.write(script.getBytes(StandardCharsets.UTF_8));
    }
    return 0;
  }
}
