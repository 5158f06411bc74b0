package org.bamarrow.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Stream;
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
  private static final String EXCLUDE = "^";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = {"-r", "--read-group"},
      paramLabel = "NAME",
      description = "Keep records of this read group, and records without RG. Repeatable.")
  private List<String> readGroups = List.of();

  @Option(
      names = {"-R", "--read-group-file"},
      paramLabel = "[^]FILE",
      description =
          "Keep records of the read groups listed in FILE (text; plain, gzip, bgzip or zstd; or -),"
              + " and records without RG; ^FILE: of all other read groups. Repeatable.")
  private List<String> readGroupFiles = List.of();

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
      paramLabel = "[^]FILE",
      description =
          "Keep records whose QNAME is listed in FILE (format as for -R); ^FILE: is not listed."
              + " Repeatable.")
  private List<String> nameFiles = List.of();

  /**
   * The lists asked for, with their files read; every other filter is off.
   *
   * @throws ParameterException where an argument has no meaning or a file cannot be read
   */
  final RowOptions lists() {
    boolean byReadGroup = !readGroups.isEmpty() || !readGroupFiles.isEmpty();
    boolean otherReadGroups = excludes("-R", readGroupFiles);
    boolean otherNames = excludes("-N", nameFiles);
    if (otherReadGroups && !readGroups.isEmpty()) {
      throw usage("-R", "^FILE cannot be combined with the name of a read group to keep");
    }
    return RowOptions.defaults()
        .withReadGroups(byReadGroup ? names("-R", readGroups, plain(readGroupFiles)) : null)
        .withExcludeReadGroups(otherReadGroups)
        .withTag(tag())
        .withTagValues(tagValues())
        .withNames(nameFiles.isEmpty() ? null : names("-N", List.of(), plain(nameFiles)))
        .withExcludeNames(otherNames);
  }

  /** The names of the files of all lists. */
  final List<String> files() {
    return Stream.of(plain(readGroupFiles), tagFiles(), plain(nameFiles))
        .flatMap(List::stream)
        .toList();
  }

  /** Whether the files, all or none of them, are given as ^FILE. */
  private boolean excludes(String option, List<String> files) {
    long excluding = files.stream().filter(file -> file.startsWith(EXCLUDE)).count();
    if (excluding > 0 && excluding < files.size()) {
      throw usage(option, "FILE and ^FILE cannot be combined");
    }
    return excluding > 0;
  }

  private static List<String> plain(List<String> files) {
    return files.stream()
        .map(file -> file.startsWith(EXCLUDE) ? file.substring(EXCLUDE.length()) : file)
        .toList();
  }

  private List<String> tagFiles() {
    return tagFiles.stream().map(value -> value.substring(Math.min(3, value.length()))).toList();
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
    List<String> files = tagFiles();
    return values.isEmpty() && files.isEmpty() ? null : names("-D", values, files);
  }

  private ByteStringSet names(String option, List<String> names, List<String> files) {
    ByteStringSet.Builder set = new ByteStringSet.Builder();
    names.forEach(set::add);
    for (String file : files) {
      try (InputStream in = TextList.of(StandardInput.open(file), StandardInput.title(file))) {
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
