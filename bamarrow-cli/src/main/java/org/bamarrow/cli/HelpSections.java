package org.bamarrow.cli;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Groups the options in the help of a command by mixin, under headings. */
final class HelpSections {
  private static final Map<Class<?>, String> HEADINGS = new LinkedHashMap<>();

  static {
    HEADINGS.put(ColumnArguments.class, "Columns");
    HEADINGS.put(TagArguments.class, "Tags");
    HEADINGS.put(FilterArguments.class, "Filters (as in samtools view)");
    HEADINGS.put(ListArguments.class, "Filters (as in samtools view)");
    HEADINGS.put(RegionArguments.class, "Regions");
    HEADINGS.put(IndexedRegionArguments.class, "Regions");
    HEADINGS.put(BatchArguments.class, "Batches");
    HEADINGS.put(OutputArguments.class, "Output");
    HEADINGS.put(PartsArguments.class, "Parts (a directory instead of one file)");
    HEADINGS.put(MachineArguments.class, "Machine (none of these options changes the output)");
  }

  private HelpSections() {}

  static CommandLine in(CommandLine line) {
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, HelpSections::render);
    return line;
  }

  private static String render(Help help) {
    StringBuilder text = new StringBuilder();
    of(help.commandSpec())
        .forEach(
            (heading, options) -> {
              text.append(heading.isEmpty() ? "" : String.format("%n%s:%n", heading));
              text.append(help.optionListExcludingGroups(options));
            });
    return text.toString();
  }

  /** The options by heading; the heading is empty where there is no other. For the help and man. */
  static Map<String, List<OptionSpec>> of(CommandSpec command) {
    Map<String, List<OptionSpec>> sections = new LinkedHashMap<>();
    HEADINGS.values().forEach(heading -> sections.put(heading, new ArrayList<>()));
    List<OptionSpec> others = new ArrayList<>();
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        Object owner =
            option.userObject() instanceof Field field ? field.getDeclaringClass() : null;
        sections.getOrDefault(HEADINGS.get(owner), others).add(option);
      }
    }
    sections.values().removeIf(List::isEmpty);
    if (!others.isEmpty()) {
      sections.put(sections.isEmpty() ? "" : "Other options", others);
    }
    return sections;
  }
}
