package org.bamarrow.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.filter.RecordFilters;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/**
 * The filters of {@code samtools view} in its words, for commands to take in as a {@link Mixin}.
 * What samtools would take for 0 or for every flag, such as a misspelt number, is a usage error.
 */
final class FilterArguments extends ListArguments {
  private static final List<String> FLAG_NAMES =
      List.of(
          "PAIRED",
          "PROPER_PAIR",
          "UNMAP",
          "MUNMAP",
          "REVERSE",
          "MREVERSE",
          "READ1",
          "READ2",
          "SECONDARY",
          "QCFAIL",
          "DUP",
          "SUPPLEMENTARY"); // by bit, from 0x1 on
  private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]+|[0-9]+");
  private static final Pattern SEED_AND_FRACTION = Pattern.compile("([0-9]*)(\\.[0-9]+)");

  @Option(
      names = {"-f", "--require-flags"},
      paramLabel = "FLAGS",
      description = "Keep records with all of these FLAG bits: a number or names (PAIRED,READ1).")
  private List<String> requireFlags = List.of();

  @Option(
      names = {"-F", "--exclude-flags", "--excl-flags"},
      paramLabel = "FLAGS",
      description = "Exclude records with any of these FLAG bits.")
  private List<String> excludeFlags = List.of();

  @Option(
      names = {"-G", "--exclude-all-flags"},
      paramLabel = "FLAGS",
      description = "Exclude records with all of these FLAG bits.")
  private List<String> excludeAllFlags = List.of();

  @Option(
      names = {"--include-flags", "--incl-flags", "--rf"},
      paramLabel = "FLAGS",
      description = "Keep records with at least one of these FLAG bits.")
  private List<String> includeFlags = List.of();

  @Option(
      names = {"-q", "--min-MQ", "--min-mq"},
      paramLabel = "INT",
      description = "Keep records with a MAPQ of at least INT (255, not available, counts as 255).")
  private int minMapq;

  @Option(
      names = {"-e", "--expr"},
      paramLabel = "EXPR",
      preprocessor = LeadingMinus.class,
      description =
          "Keep records for which this filter expression is true, such as '[NM] <= 2 &&"
              + " length(seq) > 50'. Repeatable: all must be true.")
  private List<String> expressions = List.of();

  @Option(
      names = {"-m", "--min-qlen"},
      paramLabel = "INT",
      description =
          "Keep records with at least INT query bases in the CIGAR, hard-clipped ones included.")
  private int minQlen;

  @Option(
      names = {"-l", "--library"},
      paramLabel = "NAME",
      description = "Keep records of read groups of this library.")
  private String library;

  @Option(
      names = {"--exclude-no-read-group", "--excl-no-read-group"},
      description = "Exclude records without RG.")
  private boolean excludeNoReadGroup;

  @Option(
      names = "-s",
      paramLabel = "SEED.FRACTION",
      description =
          "Keep a random sample of the templates: 7.25 keeps a quarter of them, with seed" + " 7.")
  private String sample;

  @Option(
      names = "--subsample",
      paramLabel = "FRACTION",
      description = "Keep this fraction of the templates: above 0, at most 1.")
  private Double fraction;

  @Option(
      names = "--subsample-seed",
      paramLabel = "INT",
      description = "Seed of --subsample (default: 0).")
  private Integer seed;

  /**
   * The filters asked for, with their files read.
   *
   * @param limit maximum rows; -1: all
   * @throws ParameterException where an argument has no meaning or a file cannot be read
   */
  public RowOptions toRowOptions(long limit) {
    if (minMapq < 0 || minMapq > 255) {
      throw usage("-q", minMapq + ": must be 0 to 255");
    }
    RowOptions lists = lists();
    double share = fraction == null ? 1 : fraction;
    int sampleSeed = seed == null ? 0 : seed;
    if (sample != null) {
      if (fraction != null || seed != null) {
        throw usage(
            "-s",
            "sets seed and fraction and cannot be combined with --subsample or --subsample-seed");
      }
      Matcher parts = SEED_AND_FRACTION.matcher(sample);
      if (!parts.matches()) {
        throw usage("-s", sample + ": must be SEED.FRACTION, such as 0.1 or 42.1");
      }
      share = Double.parseDouble(parts.group(2));
      sampleSeed = parts.group(1).isEmpty() ? 0 : seed(parts.group(1));
    }
    if (!(share > 0 && share <= 1)) { // samtools keeps every record for 0, which is hardly intended
      throw usage(sample == null ? "--subsample" : "-s", share + ": must be above 0 and at most 1");
    }
    return lists
        .withRequireFlags(flags("-f", requireFlags))
        .withExcludeFlags(flags("-F", excludeFlags))
        .withExcludeAllFlags(flags("-G", excludeAllFlags))
        .withMinMapq(minMapq)
        .withExpressions(expressions())
        .withFraction(share)
        .withSeed(sampleSeed)
        .withLimit(limit);
  }

  /**
   * Those of -e, and of the options that are short forms of one.
   *
   * @throws org.bamarrow.errors.OptionException if one is invalid
   */
  private List<String> expressions() {
    List<String> all = new ArrayList<>(expressions.stream().map(LeadingMinus::text).toList());
    int included = flags("--include-flags", includeFlags);
    if (included != 0) {
      all.add("flag & " + included);
    }
    if (minQlen < 0) {
      throw usage("-m", minQlen + ": must be at least 0");
    }
    if (minQlen > 0) {
      all.add("qlen + hclen >= " + minQlen);
    }
    if (library != null) {
      if (library.isEmpty()) {
        throw usage("-l", "needs a name");
      }
      all.add("library == \"" + library.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
    }
    if (excludeNoReadGroup) {
      all.add("exists([RG])");
    }
    RecordFilters.requireValid(all);
    return all;
  }

  private int flags(String option, List<String> values) {
    int flags = 0;
    for (String value : values) {
      flags |= flags(option, value);
    }
    return flags;
  }

  private int flags(String option, String value) {
    int flags = 0;
    if (NUMBER.matcher(value).matches()) {
      try {
        flags = Integer.decode(value);
      } catch (NumberFormatException notOctalOrTooLarge) {
        throw usage(option, value + ": must be a decimal, hexadecimal (0x) or octal (0) number");
      }
      if (flags > 0xffff) {
        throw usage(option, value + ": FLAG must be at most 65535");
      }
      return flags;
    }
    for (String name : value.split(",", -1)) {
      int bit = FLAG_NAMES.indexOf(name.toUpperCase(Locale.ROOT));
      if (bit < 0) {
        throw usage(
            option,
            (value + ": '" + name + "' is neither a number nor one of ")
                + String.join(", ", FLAG_NAMES));
      }
      flags |= 1 << bit;
    }
    return flags;
  }

  private int seed(String digits) {
    try {
      return Integer.parseUnsignedInt(digits);
    } catch (NumberFormatException tooLarge) {
      throw usage("-s", sample + ": the seed must be below 2^32");
    }
  }

  /**
   * Takes an expression that starts like an option, such as {@code -mapq < 3}, as samtools does: a
   * space before it, which is removed afterwards, keeps picocli from reading an option.
   */
  static final class LeadingMinus implements IParameterPreprocessor {
    private static final String MARK = " -";

    @Override
    public boolean preprocess(
        Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      if (!words.isEmpty() && words.peek().startsWith("-")) {
        words.push(" " + words.pop());
      }
      return false;
    }

    static String text(String word) {
      return word.startsWith(MARK) ? word.substring(1) : word;
    }
  }
}
