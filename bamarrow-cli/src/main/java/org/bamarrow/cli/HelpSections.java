package org.bamarrow.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help;
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
    List<OptionSpec> others = new ArrayList<>();
    Map<String, List<OptionSpec>> grouped = new LinkedHashMap<>();
    HEADINGS.values().forEach(heading -> grouped.put(heading, new ArrayList<>()));
    for (OptionSpec option : help.commandSpec().options()) {
      Object owner =
          option.userObject() instanceof java.lang.reflect.Field field
              ? field.getDeclaringClass()
              : null;
      grouped.getOrDefault(HEADINGS.get(owner), others).add(option);
    }
    StringBuilder text = new StringBuilder();
    grouped.forEach((heading, options) -> append(help, heading, options, text));
    append(help, text.isEmpty() ? null : "Other options", others, text);
    return text.toString();
  }

  private static void append(
      Help help, String heading, List<OptionSpec> options, StringBuilder text) {
    List<OptionSpec> shown = options.stream().filter(option -> !option.hidden()).toList();
    if (!shown.isEmpty()) {
      text.append(heading == null ? "" : String.format("%n%s:%n", heading));
      text.append(help.optionListExcludingGroups(shown));
    }
  }
}
