import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * A step of the build: writes a manual page for each command, {@code bamarrow-COMMAND.1}, with what
 * its help says. In roff, for picocli's own generator writes AsciiDoc, which takes a Ruby to
 * convert.
 */
final class ManPages {
  private final StringBuilder page = new StringBuilder();

  /** {@code ManPages FOLDER VERSION} with bamarrow.jar in the class path. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    CommandLine bamarrow =
        (CommandLine)
            method("Main", "commandLine", String[].class).invoke(null, (Object) new String[0]);
    List<CommandLine> commands = new ArrayList<>(List.of(bamarrow));
    collect(bamarrow, commands);
    for (CommandLine command : commands) {
      Files.writeString(
          folder.resolve(name(command) + ".1"), new ManPages().of(command, args[1], commands));
    }
  }

  private static Method method(String type, String name, Class<?>... parameters) throws Exception {
    Method method = Class.forName("org.bamarrow.cli." + type).getDeclaredMethod(name, parameters);
    method.setAccessible(true);
    return method;
  }

  private static void collect(CommandLine parent, List<CommandLine> commands) {
    for (CommandLine command : parent.getSubcommands().values()) {
      if (!command.getCommandSpec().usageMessage().hidden()) {
        commands.add(command);
        collect(command, commands);
      }
    }
  }

  private static String name(CommandLine command) {
    return command.getCommandSpec().qualifiedName("-");
  }

  private String of(CommandLine command, String version, List<CommandLine> all) throws Exception {
    CommandSpec spec = command.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    Help help = new Help(spec, Help.defaultColorScheme(Ansi.OFF));
    String[] description = usage.description();
    line(
        ".TH "
            + quoted(name(command).toUpperCase(Locale.ROOT))
            + " 1 \"\" "
            + quoted("bamarrow " + version));
    section("NAME");
    text(name(command) + " - " + description[0].replaceFirst("\\.$", ""));
    section("SYNOPSIS");
    line(".nf");
    text(help.synopsis(0).strip());
    line(".fi");
    section("DESCRIPTION");
    paragraphs(description);
    parameters(help);
    options(spec, help);
    if (!spec.subcommands().isEmpty()) {
      section("COMMANDS");
      for (CommandLine each : all) {
        if (each.getCommandSpec().parent() == spec) {
          item(
              each.getCommandName(),
              List.of(each.getCommandSpec().usageMessage().description()[0]));
        }
      }
    }
    if (!usage.exitCodeList().isEmpty()) {
      section("EXIT STATUS");
      for (Map.Entry<String, String> code : usage.exitCodeList().entrySet()) {
        item(code.getKey(), List.of(code.getValue()));
      }
    }
    footer(usage.footer());
    section("SEE ALSO");
    text(
        all.stream()
            .filter(other -> other != command)
            .map(other -> name(other) + "(1)")
            .collect(Collectors.joining(", ")));
    return page.toString();
  }

  private void parameters(Help help) {
    var renderer = help.createDefaultParameterRenderer();
    help.commandSpec().positionalParameters().stream()
        .filter(parameter -> !parameter.hidden())
        .forEach(
            parameter ->
                rows(
                    renderer.render(parameter, help.parameterLabelRenderer(), help.colorScheme())));
  }

  @SuppressWarnings("unchecked")
  private void options(CommandSpec spec, Help help) throws Exception {
    var renderer = help.createDefaultOptionRenderer();
    var sections =
        (Map<String, List<OptionSpec>>)
            method("HelpSections", "of", CommandSpec.class).invoke(null, spec);
    section("OPTIONS");
    for (Map.Entry<String, List<OptionSpec>> options : sections.entrySet()) {
      if (!options.getKey().isEmpty()) {
        line(".SS " + quoted(options.getKey()));
      }
      for (OptionSpec option : options.getValue()) {
        rows(renderer.render(option, help.parameterLabelRenderer(), help.colorScheme()));
      }
    }
  }

  /** The columns of the help: a mark, the short name, a comma, the long one, the description. */
  private void rows(Text[][] rows) {
    String names =
        Arrays.stream(rows[0], 1, 4).map(Text::toString).collect(Collectors.joining()).strip();
    String spaced = names.replace(",-", ", -");
    item(spaced, Arrays.stream(rows).map(row -> row[4].toString()).toList());
  }

  private void item(String term, List<String> description) {
    line(".TP");
    line("\\fB" + escaped(term) + "\\fR");
    description.forEach(this::text);
  }

  /** What follows a line that ends in a colon is an example, in its own lines. */
  private void footer(String... lines) {
    for (String each : lines) {
      if (each.endsWith(":")) {
        section(each.substring(0, each.length() - 1).toUpperCase(Locale.ROOT));
      } else if (!each.isEmpty()) {
        line(".nf");
        text(each);
        line(".fi");
      }
    }
  }

  private void paragraphs(String... lines) {
    for (String each : lines) {
      line(".PP");
      text(each);
    }
  }

  private void section(String title) {
    line(".SH " + quoted(title));
  }

  private void text(String text) {
    Ansi.OFF.string(text).lines().map(ManPages::escaped).forEach(this::line);
  }

  private void line(String line) {
    page.append(line).append('\n');
  }

  private static String quoted(String text) {
    return '"' + escaped(text).replace("\"", "\\(dq") + '"';
  }

  private static String escaped(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
