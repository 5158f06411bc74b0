package org.bamarrow.cli;

import java.util.List;
import org.bamarrow.convert.Inflater;
import org.bamarrow.internal.base.Version;
import org.bamarrow.internal.bgzf.Inflaters;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Entry point of the command line: parses, runs one command, exits with its code. */
@Command(
    name = "bamarrow",
    description = "BAM to Arrow: every record, every field.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.BuildVersion.class,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:success",
      "1:invalid data, or a file that cannot be read or written",
      "2:wrong usage",
      "130:interrupted (143 by SIGTERM); no incomplete output is left",
      "141:the reader of standard output closed it"
    },
    footer = {
      "",
      "Examples:",
      "  bamarrow demo                              generate and convert a BAM",
      "  bamarrow convert in.bam out.arrow",
      "  bamarrow count in.bam",
      "  bamarrow convert --help                    options and examples of a command"
    })
public final class Main implements Runnable {
  /** In the order of the help; hidden commands last. */
  private static final List<String> COMMANDS =
      List.of(
          "convert",
          "demo",
          "head",
          "count",
          "header",
          "schema",
          "view",
          "verify",
          "clean",
          "concat",
          "splits",
          "synth",
          "bench",
          "completion",
          "warm-up",
          "rehearse");

  /** Commands that start reading a BAM immediately. */
  private static final List<String> READING = List.of("convert", "count", "head");

  /** Commands that may read Arrow data. */
  private static final List<String> OF_ARROW = List.of("count", "convert", "head", "view");

  @Spec private CommandSpec spec;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show the stack trace of an error.")
  private boolean debug;

  public static void main(String[] args) {
    Logs.quiet();
    // start-up, docs/performance.md; picocli initializes the classes of all types that it can
    // convert
    System.setProperty("picocli.converters.excludes", "java\\.time\\.(MonthDay|Year|YearMonth)");
    boolean arrow = args.length > 1 && OF_ARROW.contains(args[0]) && ArrowClasses.initialize(args);
    if (args.length > 1 && READING.contains(args[0]) && !arrow) {
      Inflaters.chooseAsync(Inflater.AUTO);
    }
    int code;
    try {
      code = execute(args);
      if (code == CommandLine.ExitCode.OK) {
        StandardOutput.requireWritten(); // also what was printed with a writer
      }
    } catch (Throwable e) { // errors of the JVM, which picocli does not catch
      code = Errors.report(e, System.err, false);
    }
    System.exit(code);
  }

  static int execute(String... args) {
    return commandLine(args).execute(args);
  }

  /**
   * Runs a command of another program with the help, errors and exit codes of this one.
   *
   * @return the exit code
   */
  public static int execute(Object command, String... args) {
    CommandLine line = new CommandLine(new Main());
    line.getCommandSpec()
        .usageMessage()
        .footer(new String[0]); // they show commands of this program
    line.addSubcommand(command);
    line.setUseSimplifiedAtFiles(true);
    HelpSections.in(line);
    line.getSubcommands().values().forEach(HelpSections::in);
    return Errors.handledBy(line).execute(args);
  }

  /**
   * The command line for these arguments. Setting up a command takes milliseconds, so only the
   * named one is added, none for the version, and all of them for the help if none is named.
   */
  static CommandLine commandLine(String... args) {
    CommandLine line = new CommandLine(new Main());
    for (String name : needed(args)) {
      line.addSubcommand(name, command(name));
    }
    // otherwise a # within a name in an @file would truncate it silently
    line.setUseSimplifiedAtFiles(true);
    HelpSections.in(line);
    line.getSubcommands().values().forEach(HelpSections::in);
    return Errors.handledBy(line);
  }

  private static List<String> needed(String... args) {
    if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
      return List.of();
    }
    return args.length > 0 && COMMANDS.contains(args[0]) ? List.of(args[0]) : COMMANDS;
  }

  private static Object command(String name) {
    return switch (name) {
      case "convert" -> new ConvertCommand();
      case "demo" -> new DemoCommand();
      case "head" -> new HeadCommand();
      case "count" -> new CountCommand();
      case "header" -> new HeaderCommand();
      case "schema" -> new SchemaCommand();
      case "view" -> new ViewCommand();
      case "verify" -> new VerifyCommand();
      case "clean" -> new CleanCommand();
      case "concat" -> new ConcatCommand();
      case "splits" -> new SplitsCommand();
      case "synth" -> new SynthCommand();
      case "bench" -> new BenchCommand();
      case "completion" -> new CompletionCommand();
      case "warm-up" -> new WarmUpCommand();
      case "rehearse" -> new RehearseCommand();
      default -> throw new IllegalArgumentException("unknown command " + name);
    };
  }

  boolean debug() {
    return debug;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command");
  }

  static final class BuildVersion implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"bamarrow " + Version.current()};
    }
  }
}
