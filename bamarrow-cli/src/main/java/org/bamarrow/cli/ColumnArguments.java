package org.bamarrow.cli;

import static org.bamarrow.errors.OptionKey.COLUMNS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ColumnProfile;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.internal.base.ClosestName;
import picocli.CommandLine.Option;

/** Which columns, and in what form; a mixin. What has no meaning is an IllegalArgumentException. */
final class ColumnArguments {
  private static final List<String> TAG_COLUMNS = List.of("tags", "other_tags");

  @Option(
      names = "--columns",
      paramLabel = "NAME,...",
      completionCandidates = Names.class,
      description =
          "Columns to write, in this order. Core columns: qname, flag, rname, pos, end,"
              + " mapq, cigar, rnext, pnext, tlen, seq, qual; on request: file, read_group,"
              + " sample, library, voffset, rid. tags and other_tags, if listed, must come last.")
  private String columns;

  @Option(names = "--sequence", negatable = true, description = "Include the bases (default: yes).")
  private Boolean sequence;

  @Option(
      names = "--quality",
      negatable = true,
      description = "Include the base qualities (default: yes).")
  private Boolean quality;

  @Option(
      names = "--qual",
      paramLabel = "FORM",
      converter = QualForms.class,
      completionCandidates = QualForms.class,
      description =
          "Base qualities as Phred+33 text (text) or as lists of numbers (numbers)"
              + " (default: text).")
  private QualForm qual;

  @Option(
      names = "--cigar",
      paramLabel = "FORM",
      converter = CigarForms.class,
      completionCandidates = CigarForms.class,
      description =
          "CIGAR as text (text) or as lists of operation and length (ops) (default: text).")
  private CigarForm cigar;

  @Option(
      names = "--coordinates",
      paramLabel = "BASE",
      converter = Bases.class,
      completionCandidates = Bases.class,
      description =
          "one-based: pos, pnext and end are 1-based, end is inclusive (default);"
              + " zero-based: they are 0-based, end is exclusive.")
  private Coordinates coordinates;

  @Option(
      names = "--text-encoding",
      paramLabel = "NAME",
      converter = Encodings.class,
      completionCandidates = Encodings.class,
      description = "Encoding of names and tags in the BAM: utf-8 or latin-1 (default: utf-8).")
  private TextEncoding textEncoding;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      converter = Profiles.class,
      completionCandidates = Profiles.class,
      description =
          "rogtk: the columns of the rogtk prototype, which are name, chrom, start, end,"
              + " flags, sequence, quality_scores and source_file.")
  private ColumnProfile profile;

  ColumnOptions toColumnOptions() {
    List<String> all = profile().columns();
    List<String> names = new ArrayList<>(columns == null ? all : listed());
    names.removeAll(TAG_COLUMNS);
    include(OptionKey.SEQUENCE, sequence, profile == null ? "seq" : "sequence", names);
    include(OptionKey.QUALITY, quality, profile == null ? "qual" : "quality_scores", names);
    if (names.isEmpty()) {
      throw new OptionException("no columns are selected; select at least one with ", COLUMNS);
    }
    ColumnOptions defaults = ColumnOptions.defaults();
    return defaults
        .withProfile(profile())
        .withNames(names)
        .withCoordinates(coordinates == null ? defaults.coordinates() : coordinates)
        .withQual(qual == null ? defaults.qual() : qual)
        .withCigar(cigar == null ? defaults.cigar() : cigar)
        .withTextEncoding(textEncoding == null ? defaults.textEncoding() : textEncoding);
  }

  private ColumnProfile profile() {
    return profile == null ? ColumnProfile.STANDARD : profile;
  }

  /** Whether the columns are chosen, so that tags come only where they are asked for. */
  boolean chosen() {
    return columns != null || profile != null;
  }

  /** Whether {@code --columns} names {@code tags} or {@code other_tags}. */
  boolean names(String column) {
    return columns != null && listed().contains(column);
  }

  private List<String> listed() {
    List<String> names = Arrays.asList(columns.split(",", -1));
    List<String> known = new ArrayList<>();
    known.addAll(profile().columns());
    if (profile == null) {
      known.addAll(ColumnOptions.ON_DEMAND);
      known.addAll(TAG_COLUMNS);
    }
    for (String name : names) {
      if (!known.contains(name)) {
        throw new OptionException(
            COLUMNS,
            String.format(
                ": unknown column '%s'; did you mean %s?", name, ClosestName.of(name, known)));
      }
      if (names.indexOf(name) != names.lastIndexOf(name)) {
        throw new OptionException(COLUMNS, ": duplicate column " + name);
      }
    }
    if (!names.equals(tagsLast(names))) {
      throw new OptionException(COLUMNS, ": tags and other_tags must come last, in this order");
    }
    return names;
  }

  /**
   * The columns of Arrow data that are chosen by name; null: all.
   *
   * @param tags whether fields of {@code tags} are listed, so that it is chosen, too
   */
  List<String> ofArrow(boolean tags) {
    if (columns == null) {
      return null;
    }
    List<String> names = new ArrayList<>(Arrays.asList(columns.split(",", -1)));
    if (!names.equals(tagsLast(names))) {
      throw new OptionException(COLUMNS, ": tags and other_tags must come last, in this order");
    }
    if (tags && !names.contains("tags")) {
      names.add(names.size() - (names.contains("other_tags") ? 1 : 0), "tags");
    }
    return names;
  }

  /** The columns of Arrow data that are left out. */
  Set<String> omittedOfArrow() {
    Set<String> omitted = new HashSet<>();
    omit(OptionKey.SEQUENCE, sequence, List.of("seq", "sequence"), omitted);
    omit(OptionKey.QUALITY, quality, List.of("qual", "quality_scores"), omitted);
    return omitted;
  }

  private void omit(OptionKey option, Boolean wanted, List<String> names, Set<String> omitted) {
    if (wanted == null) {
      return;
    }
    if (wanted) {
      throw new OptionException(
          option.setTo("true"),
          " applies to BAMs only; Arrow data are converted with what they have");
    }
    if (columns != null && !Collections.disjoint(names, Arrays.asList(columns.split(",", -1)))) {
      throw new OptionException(option.setTo("false"), " conflicts with ", COLUMNS.setTo(columns));
    }
    omitted.addAll(names);
  }

  private static List<String> tagsLast(List<String> names) {
    List<String> sorted = new ArrayList<>(names);
    sorted.removeAll(TAG_COLUMNS);
    TAG_COLUMNS.stream().filter(names::contains).forEach(sorted::add);
    return sorted;
  }

  private void include(OptionKey option, Boolean wanted, String column, List<String> names) {
    if (wanted == null) {
      return;
    }
    if (columns != null && names.contains(column) != wanted) {
      throw new OptionException(
          option.setTo(wanted.toString()), " conflicts with ", COLUMNS.setTo(columns));
    }
    if (!wanted) {
      names.remove(column);
    }
  }

  static final class Names extends ChoiceConverter<String> {
    Names() {
      super(names());
    }

    private static String[] names() {
      List<String> names = new ArrayList<>(ColumnOptions.CORE);
      names.addAll(ColumnOptions.ON_DEMAND);
      names.addAll(TAG_COLUMNS);
      return names.toArray(String[]::new);
    }
  }

  static final class QualForms extends ChoiceConverter<QualForm> {
    QualForms() {
      super(QualForm.values());
    }
  }

  static final class CigarForms extends ChoiceConverter<CigarForm> {
    CigarForms() {
      super(CigarForm.values());
    }
  }

  static final class Bases extends ChoiceConverter<Coordinates> {
    Bases() {
      super(Coordinates.values());
    }
  }

  static final class Encodings extends ChoiceConverter<TextEncoding> {
    Encodings() {
      super(TextEncoding.values());
    }
  }

  static final class Profiles extends ChoiceConverter<ColumnProfile> {
    Profiles() {
      super(ColumnProfile.ROGTK);
    }
  }
}
