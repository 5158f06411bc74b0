package org.bamarrow.spark.options;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bamarrow.cli.ConvertOptionsParser;
import org.bamarrow.cli.SizeConverter;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.internal.base.ClosestName;
import picocli.CommandLine.TypeConversionException;

/** The validated options of one table. Immutable. */
public final class SparkOptions {
  /** Set by catalogs only. */
  private static final String PROVIDER = "provider";

  /** Properties that Spark's catalog sets for a table. */
  private static final Set<String> RESERVED =
      Set.of(
          PROVIDER,
          "location",
          "owner",
          "external",
          "comment",
          "collation",
          "is_managed_location",
          "table_type",
          "serialization.format",
          "transient_lastddltime");

  /** With it, catalogs give each option a second time. */
  private static final String OPTION = "option.";

  private static final List<String> RESERVED_PREFIXES = List.of("fs.", OPTION, "spark.");

  /** Options that only a stream has. */
  private static final Set<SparkOption> STREAMED =
      EnumSet.of(
          SparkOption.MAX_FILES_PER_TRIGGER,
          SparkOption.LATEST_FIRST,
          SparkOption.CLEAN_SOURCE,
          SparkOption.SOURCE_ARCHIVE_DIR);

  /** Options of Spark's own file streams that this source does not have, and why. */
  private static final Map<String, String> OF_SPARKS_STREAMS =
      Map.of(
          "checkpointlocation",
          "it belongs to writeStream, which cannot write with format bamarrow: write each batch in"
              + " foreachBatch, with mode append",
          "filenameonly",
          "files are distinguished by their whole paths",
          "maxbytespertrigger",
          "use maxFilesPerTrigger",
          "maxcachedfiles",
          "the folder is listed for each batch",
          "maxfileage",
          "files are read however old they are; use modifiedAfter");

  private static final Set<SparkOption> REPEATED = Set.of(SparkOption.READ_GROUP, SparkOption.TAG);
  private static final long READ_AHEAD = 8 << 20;

  private final Map<SparkOption, String> values = new EnumMap<>(SparkOption.class);
  private final ConvertOptions convert;

  /**
   * @param given names in any case; options of Spark and Hadoop themselves are ignored
   * @throws IllegalArgumentException if there is no such option, or a value is invalid
   */
  public SparkOptions(Map<String, String> given) {
    boolean ofCatalog = given.containsKey(PROVIDER);
    given.forEach(
        (name, value) -> {
          if (!ofCatalog || option(name).isPresent() || given.containsKey(OPTION + name)) {
            put(name, value);
          } // else a property of the user's own, as in TBLPROPERTIES
        });
    if (flag(SparkOption.IGNORE_CORRUPT_FILES, false)) {
      throw new IllegalArgumentException(
          "ignoreCorruptFiles cannot be true: bamarrow reads every record or fails; exclude the"
              + " damaged files with pathGlobFilter");
    }
    convert = parse();
    splitting();
    table();
    cleanSource();
    maxFilesPerTrigger();
  }

  private static Optional<SparkOption> option(String name) {
    return Arrays.stream(SparkOption.values()).filter(known -> known.named(name)).findFirst();
  }

  private void put(String name, String value) {
    String lower = name.toLowerCase(Locale.ROOT);
    if (RESERVED.contains(lower) || RESERVED_PREFIXES.stream().anyMatch(lower::startsWith)) {
      return;
    }
    SparkOption option = option(name).orElseThrow(() -> unknown(name));
    String before = values.put(option, value);
    if (before != null && !before.equals(value)) {
      throw new IllegalArgumentException(
          String.format("option %s is given twice, as '%s' and '%s'", option.key(), before, value));
    }
  }

  private static IllegalArgumentException unknown(String name) {
    String why = OF_SPARKS_STREAMS.get(name.toLowerCase(Locale.ROOT));
    if (why != null) {
      return new IllegalArgumentException(
          String.format("bamarrow does not have Spark's option '%s': %s", name, why));
    }
    List<String> keys = Arrays.stream(SparkOption.values()).map(SparkOption::key).toList();
    return new IllegalArgumentException(
        String.format(
            "bamarrow has no option '%s'; did you mean %s?",
            name, ClosestName.ofAnyCase(name, keys)));
  }

  private ConvertOptions parse() {
    Map<String, List<String>> words = new LinkedHashMap<>();
    words.put(SparkOption.MEMORY.word(), List.of(SparkOption.MEMORY.fallback()));
    values.forEach(
        (option, value) -> {
          if (option.word() != null) {
            List<String> parts = REPEATED.contains(option) ? parts(value) : List.of(value);
            words.put(option.word(), parts);
          }
        });
    try {
      ConvertOptions parsed = ConvertOptionsParser.parse(words);
      MachineOptions machine = parsed.machine();
      return parsed.withMachine(machine.withStrategy(Strategy.SEQUENTIAL).withThreads(1));
    } catch (IllegalArgumentException e) {
      throw SparkWords.in(e);
    }
  }

  /** A space after a comma is not part of the name. */
  private static List<String> parts(String value) {
    return Arrays.stream(value.split(",")).map(String::stripLeading).toList();
  }

  /** The core's options; columns and tag types are not resolved yet. */
  public ConvertOptions convert() {
    return convert;
  }

  /** The value as given; null if it is not set. */
  public String text(SparkOption option) {
    return values.get(option);
  }

  public boolean has(SparkOption option) {
    return values.containsKey(option);
  }

  /**
   * @param otherwise the default
   */
  public boolean flag(SparkOption option, boolean otherwise) {
    String value = values.get(option);
    if (value == null) {
      return otherwise;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(option, "true or false");
    };
  }

  /**
   * Bytes, with K, M, G or T for powers of 1024.
   *
   * @param otherwise the default
   */
  public long size(SparkOption option, long otherwise) {
    String value = values.get(option);
    return value == null ? otherwise : size(option.key(), value);
  }

  /**
   * As {@link #size}, 1 or more.
   *
   * @param otherwise the default
   */
  public long positive(SparkOption option, long otherwise) {
    long value = size(option, otherwise);
    if (value < 1) {
      throw invalid(option, "1 or more");
    }
    return value;
  }

  /** Bytes of one request to a remote file; 0: no read-ahead. */
  public int readAheadBytes() {
    long bytes = size(SparkOption.READ_AHEAD_BYTES, READ_AHEAD);
    if (bytes != 0 && bytes < 1 << 16 || bytes > 1 << 30) {
      throw invalid(SparkOption.READ_AHEAD_BYTES, "0, or 64K to 1G");
    }
    return (int) bytes;
  }

  /**
   * Rejects options that would have no effect.
   *
   * @param why the other options do not apply
   */
  public void requireOnly(Set<SparkOption> meaningful, String why) {
    for (SparkOption option : values.keySet()) {
      if (!meaningful.contains(option)) {
        throw new IllegalArgumentException(
            String.format("option %s is for BAMs, but %s", option.key(), why));
      }
    }
  }

  /** Rejects the options of streams, which would have no effect. */
  public void requireNoStream() {
    values.keySet().stream()
        .filter(STREAMED::contains)
        .findFirst()
        .ifPresent(
            option -> {
              throw new IllegalArgumentException(
                  "option " + option.key() + " is for streams: use spark.readStream");
            });
  }

  /** Rejects options that a stream cannot have. */
  public void requireStreamable() {
    if (convert.allowMissingEof()) {
      throw new IllegalArgumentException(
          "allowMissingEof cannot be true for a stream, which tells complete files from those that"
              + " are being written by the end-of-file marker");
    }
    if (convert.rows().limit() >= 0) {
      throw new IllegalArgumentException("a stream cannot have option limit: it has no end");
    }
  }

  /** A size as Spark's settings and options give it, such as 128m or 134217728b. */
  public static long size(String name, String value) {
    try {
      return new SizeConverter().convert(value.toUpperCase(Locale.ROOT));
    } catch (TypeConversionException e) {
      throw new IllegalArgumentException("option " + name + ": " + e.getMessage(), e);
    }
  }

  public Splitting splitting() {
    return word(SparkOption.SPLITTING, Splitting.values(), Splitting.BLOCKS);
  }

  public SourceTable table() {
    return word(SparkOption.TABLE, SourceTable.values(), SourceTable.RECORDS);
  }

  public CleanSource cleanSource() {
    return word(SparkOption.CLEAN_SOURCE, CleanSource.values(), CleanSource.OFF);
  }

  /** Files per batch of a stream; {@link Integer#MAX_VALUE} if all. */
  public int maxFilesPerTrigger() {
    String value = values.get(SparkOption.MAX_FILES_PER_TRIGGER);
    if (value == null) {
      return Integer.MAX_VALUE;
    }
    if (!value.matches("0*[1-9]\\d{0,8}")) {
      throw invalid(SparkOption.MAX_FILES_PER_TRIGGER, "an integer of 1 or more");
    }
    return Integer.parseInt(value);
  }

  private <T extends Enum<T>> T word(SparkOption option, T[] all, T otherwise) {
    String value = values.get(option);
    if (value == null) {
      return otherwise;
    }
    return Arrays.stream(all)
        .filter(constant -> constant.name().equalsIgnoreCase(value))
        .findFirst()
        .orElseThrow(
            () ->
                invalid(
                    option,
                    "one of "
                        + String.join(
                            ", ",
                            Arrays.stream(all)
                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                .toList())));
  }

  /** The error for an invalid value. */
  public IllegalArgumentException invalid(SparkOption option, String expected) {
    return new IllegalArgumentException(
        String.format("option %s: '%s' is not %s", option.key(), values.get(option), expected));
  }
}
