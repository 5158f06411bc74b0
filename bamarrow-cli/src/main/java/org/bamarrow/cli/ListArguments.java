package org.bamarrow.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.internal.bam.AuxCursor;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.io.TextList;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The filters by lists of names and values; a mixin. */
class ListArguments {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-r", "--read-group"},
      paramLabel = "NAME",
      description = "Keep records of this read group, and records without RG. Repeatable.")
  private List<String> readGroups = List.of();

  @Option(
      names = {"-R", "--read-group-file"},
      paramLabel = "FILE",
      description =
          "Keep records of the read groups listed in FILE (text; plain, gzip, bgzip or"
              + " zstd), and records without RG. Repeatable.")
  private List<Path> readGroupFiles = List.of();

  @Option(
      names = {"-d", "--tag"},
      paramLabel = "TAG[:VALUE]",
      description =
          "Keep records with this tag, or with this value of the tag. Repeatable for one" + " tag.")
  private List<String> tags = List.of();

  @Option(
      names = {"-D", "--tag-file"},
      paramLabel = "TAG:FILE",
      description =
          "Keep records whose value of this tag is listed in FILE (format as for -R), such"
              + " as CB:barcodes.tsv.gz. Repeatable for one tag.")
  private List<String> tagFiles = List.of();

  @Option(
      names = {"-N", "--qname-file"},
      paramLabel = "FILE",
      description = "Keep records whose QNAME is listed in FILE (format as for -R). Repeatable.")
  private List<Path> nameFiles = List.of();

  /**
   * The lists asked for, with their files read; every other filter is off.
   *
   * @throws ParameterException where an argument has no meaning or a file cannot be read
   */
  final RowOptions lists() {
    boolean byReadGroup = !readGroups.isEmpty() || !readGroupFiles.isEmpty();
    return RowOptions.defaults()
        .withReadGroups(byReadGroup ? names("-R", readGroups, readGroupFiles) : null)
        .withTag(tag())
        .withTagValues(tagValues())
        .withNames(nameFiles.isEmpty() ? null : names("-N", List.of(), nameFiles));
  }

  /** The one tag that all of -d and -D name; null where there is neither. */
  private String tag() {
    String tag = null;
    for (String value : tags) {
      boolean shaped = value.length() == 2 || value.length() > 2 && value.charAt(2) == ':';
      tag = sameTag(tag, value, shaped, "-d", "must be TAG or TAG:VALUE");
    }
    for (String value : tagFiles) {
      boolean shaped = value.length() > 3 && value.charAt(2) == ':';
      tag = sameTag(tag, value, shaped, "-D", "must be TAG:FILE");
    }
    return tag;
  }

  private String sameTag(
      String before, String value, boolean shaped, String option, String problem) {
    if (!shaped) {
      throw usage(option, value + ": " + problem);
    }
    String tag = value.substring(0, 2);
    try {
      AuxCursor.key(tag);
    } catch (IllegalArgumentException noTag) {
      throw usage(option, value + ": " + problem);
    }
    if (before != null && !before.equals(tag)) {
      throw usage(
          option, value + ": only one tag can be a filter, and " + before + " was given before");
    }
    return tag;
  }

  /**
   * Null where any value will do; {@code -d XX} beside {@code -d XX:1} adds none, as in samtools.
   */
  private ByteStringSet tagValues() {
    List<String> values =
        tags.stream().filter(value -> value.length() > 3).map(value -> value.substring(3)).toList();
    List<Path> files = tagFiles.stream().map(value -> Path.of(value.substring(3))).toList();
    return values.isEmpty() && files.isEmpty() ? null : names("-D", values, files);
  }

  private ByteStringSet names(String option, List<String> names, List<Path> files) {
    ByteStringSet.Builder set = new ByteStringSet.Builder();
    names.forEach(set::add);
    for (Path file : files) {
      try (InputStream in = TextList.open(file)) {
        set.addWords(in);
      } catch (NoSuchFileException missing) {
        throw usage(option, file + ": no such file");
      } catch (IOException e) {
        throw usage(option, Errors.sentence(e, new CommandWording(command)));
      } catch (IllegalArgumentException e) {
        throw usage(option, file + ": " + e.getMessage());
      }
    }
    return set.build();
  }

  /**
   * @param option any of its names
   */
  final ParameterException usage(String option, String problem) {
    return new OptionParameterException(command.commandLine(), option, problem);
  }
}
