package org.bamarrow.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.Conversion;
import org.bamarrow.io.ByteSources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bamarrow schema}: the schema that a conversion would give. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Print the Arrow schema that convert would give.",
      "With the same options, tags included."
    },
    footer = {
      "",
      "Examples:",
      "  bamarrow schema in.bam",
      "  bamarrow schema --tags scan --json in.bam"
    })
public final class SchemaCommand extends ConversionCommand {
  @Option(names = "--json", description = "Print it as JSON, in Arrow's form, with the metadata.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      hideParamSyntax = true,
      paramLabel = "IN.bam...",
      description = "BAMs, - for standard input.")
  private List<String> files;

  @Override
  public Integer call() throws IOException {
    try (Conversion conversion = new Conversion(ByteSources.openAll(files), options(files));
        StandardOutput out = new StandardOutput()) {
      Schema schema = conversion.schema();
      String text = json ? schema.toJson() + "\n" : text(schema);
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return 0;
  }

  private static String text(Schema schema) {
    StringBuilder text = new StringBuilder();
    schema.getFields().forEach(field -> append(field, 0, text));
    return text.toString();
  }

  /** A line a field: name, type, whether null may stand; children below, further in. */
  private static void append(Field field, int depth, StringBuilder text) {
    String name = "  ".repeat(depth) + field.getName();
    text.append(
        String.format(
            "%-16s %-18s %s%n", name, type(field), field.isNullable() ? "nullable" : "never null"));
    field.getChildren().forEach(child -> append(child, depth + 1, text));
  }

  private static String type(Field field) {
    return switch (field.getType().getTypeID()) {
      case Int -> "int" + field.getFieldType().getType().toString().replaceAll("\\D+", "");
      case FloatingPoint -> "float32";
      case Utf8 -> "utf8";
      case List -> "list";
      case Struct -> "struct";
      case Map -> "map";
      default -> field.getType().toString();
    };
  }
}
