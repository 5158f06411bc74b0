package org.bamarrow.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.errors.Printable;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.io.ByteSources;
import org.bamarrow.verify.ArrowInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bamarrow schema}: the schema that a conversion would give, or that Arrow data have. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Print the Arrow schema that convert would write with these options.",
      "For Arrow data, print the schema that they have."
    },
    footer = {
      "",
      "Examples:",
      "  bamarrow schema in.bam",
      "  bamarrow schema --tags scan --json in.bam",
      "  bamarrow schema out/"
    })
final class SchemaCommand extends ConversionCommand {
  @Option(
      names = "--json",
      description = "Print the schema in Arrow's JSON form, including its metadata.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      hideParamSyntax = true,
      paramLabel = "IN...",
      description =
          "Input BAMs (- for standard input), or one Arrow file, stream or directory of"
              + " parts (without the options of a conversion).")
  private List<String> files;

  @Override
  public Integer call() throws IOException {
    Schema schema = schema();
    String text = json ? schema.toJson() + "\n" : text(schema);
    try (StandardOutput out = new StandardOutput()) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return 0;
  }

  private Schema schema() throws IOException {
    for (String file : files) {
      if (ArrowArguments.isArrow(file)) {
        ArrowArguments.requireOnly(spec, file, "--json");
        if (files.size() > 1) {
          throw new IllegalArgumentException(file + " holds Arrow data and must be the only input");
        }
        return ArrowInput.schema(Path.of(file)).toArrow();
      }
    }
    try (Conversion conversion = new Conversion(ByteSources.openAll(files), options(files))) {
      return conversion.schema();
    }
  }

  private static String text(Schema schema) {
    StringBuilder text = new StringBuilder();
    schema.getFields().forEach(field -> append(field, 0, text));
    return text.toString();
  }

  /** A line for each field: name, type, nullability; children follow, indented. */
  private static void append(Field field, int depth, StringBuilder text) {
    String name = "  ".repeat(depth) + Printable.name(field.getName());
    text.append(
        String.format(
            "%-16s %-18s %s%n", name, type(field), field.isNullable() ? "nullable" : "never null"));
    field.getChildren().forEach(child -> append(child, depth + 1, text));
  }

  private static String type(Field field) {
    ArrowType type = field.getType();
    if (field.getDictionary() != null) {
      return "dictionary";
    }
    if (type instanceof ArrowType.Int integer) {
      return (integer.getIsSigned() ? "int" : "uint") + integer.getBitWidth();
    }
    return switch (type.getTypeID()) {
      case FloatingPoint ->
          switch (((ArrowType.FloatingPoint) type).getPrecision()) {
            case HALF -> "float16";
            case SINGLE -> "float32";
            case DOUBLE -> "float64";
          };
      case Utf8 -> "utf8";
      case List -> "list";
      case Struct -> "struct";
      case Map -> "map";
      default -> type.toString();
    };
  }
}
