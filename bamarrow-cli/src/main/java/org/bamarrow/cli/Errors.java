package org.bamarrow.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import org.bamarrow.errors.Printable;
import org.bamarrow.errors.Worded;
import org.bamarrow.errors.Wording;
import org.bamarrow.internal.base.ClosestName;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports an error as one line on standard error and an exit code. */
final class Errors {
  /** The exit code that a shell shows after SIGPIPE, which the JVM turns into an exception. */
  static final int READER_WENT_AWAY = 141;

  private static final Wording NO_COMMAND = new CommandWording(CommandSpec.create());

  private Errors() {}

  static CommandLine handledBy(CommandLine line) {
    return line.setParameterExceptionHandler((e, args) -> usage(e))
        .setExecutionExceptionHandler(
            (e, failed, parsed) -> {
              boolean debug = ((Main) line.getCommandSpec().userObject()).debug();
              Wording words = new CommandWording(failed.getCommandSpec());
              return e instanceof IllegalArgumentException && !debug
                  ? usage(new ParameterException(failed, message(e, words)))
                  : report(e, words, failed.getErr(), debug);
            });
  }

  private static int usage(ParameterException e) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    String lines = e.getMessage().strip().replaceAll("\\s*\\R\\s*", "; ");
    String message = Printable.message(lines) + meant(e);
    err.printf("bamarrow: %s; see %s --help%n", message, line.getCommandSpec().qualifiedName());
    err.flush();
    return ExitCode.USAGE;
  }

  /** For an unknown option or command, a suggestion. */
  private static String meant(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return "";
    }
    CommandSpec command = e.getCommandLine().getCommandSpec();
    Set<String> known =
        unmatched.isUnknownOption()
            ? command.optionsMap().keySet()
            : command.subcommands().keySet();
    String word = unmatched.getUnmatched().get(0);
    return known.isEmpty() ? "" : "; did you mean " + ClosestName.of(word, known) + "?";
  }

  static int report(Throwable e, PrintStream err, boolean debug) {
    return report(e, NO_COMMAND, new PrintWriter(err, true), debug);
  }

  private static int report(Throwable e, Wording words, PrintWriter err, boolean debug) {
    if (readerWentAway(e)) {
      return READER_WENT_AWAY;
    }
    err.println("bamarrow: " + Printable.message(sentence(e, words)));
    if (debug) {
      e.printStackTrace(err);
    }
    err.flush();
    return e instanceof FileAlreadyExistsException || e instanceof IllegalArgumentException
        ? ExitCode.USAGE
        : ExitCode.SOFTWARE;
  }

  private static boolean readerWentAway(Throwable e) {
    return e instanceof IOException && "Broken pipe".equals(e.getMessage());
  }

  /** As {@link Worded#message}, for any error, also of the JVM. */
  private static String message(Throwable e, Wording words) {
    return String.valueOf(Worded.message(e, words));
  }

  /** The problem, with the file if there is one. */
  static String sentence(Throwable e, Wording words) {
    if (e instanceof UncheckedIOException unchecked) {
      return sentence(unchecked.getCause(), words);
    }
    if (e instanceof Worded worded) {
      return worded.message(words);
    }
    if (e instanceof FileSystemException file && file.getReason() == null) {
      return file.getFile() + ": " + reason(file);
    }
    if (e instanceof IOException && e.getMessage() != null) {
      return e.getMessage();
    }
    if (e instanceof OutOfMemoryError) {
      return String.format(
          "out of memory (%s); increase the heap of the JVM, which is %d MiB, for example with"
              + " BAMARROW_JAVA_OPTS=-Xmx%dm",
          e.getMessage(), heap(), 2 * heap());
    }
    return "internal error; please report it with the output of --debug: " + e;
  }

  private static long heap() {
    return Math.max(1, Runtime.getRuntime().maxMemory() >> 20);
  }

  private static String reason(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "already exists";
    }
    return e.getClass().getSimpleName();
  }
}
