package org.bamarrow.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Here for the help alone: the launcher does it, before any JVM of ours runs. */
@Command(
    name = "warm-up",
    mixinStandardHelpOptions = true,
    description = {
      "Prepare the start-up archive of the JVM at hand.",
      "An installation (bin/bamarrow) keeps it beside bin for all its users, if this user may write"
          + " there, otherwise in the user's cache folder. Without this command the first start"
          + " prepares it there. For images: run it when the image is built."
    })
final class WarmUpCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    throw new IllegalArgumentException("only the launcher bamarrow can do this, not java -jar");
  }
}
