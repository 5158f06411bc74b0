package org.bamarrow.cli;

import static org.bamarrow.errors.OptionKey.COLUMNS;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
      description = {
        "These columns only, in this order; the core ones are qname, flag, rname, pos, end, mapq,"
            + " cigar, rnext, pnext, tlen, seq, qual; on demand: file, read_group, sample, library,"
            + " voffset. tags and other_tags may stand last."
      })
  private String columns;

  @Option(
      names = "--sequence",
      negatable = true,
      description = "With or without the bases (default: with).")
  private Boolean sequence;

  @Option(
      names = "--quality",
      negatable = true,
      description = "With or without the base qualities (default: with).")
  private Boolean quality;

  @Option(
      names = "--qual",
      paramLabel = "FORM",
      converter = QualForms.class,
      completionCandidates = QualForms.class,
      description = "Base qualities as Phred+33 text or as lists of numbers (default: text).")
  private QualForm qual;

  @Option(
      names = "--cigar",
      paramLabel = "FORM",
      converter = CigarForms.class,
      completionCandidates = CigarForms.class,
      description = "CIGAR as text or as lists of op and length: ops (default: text).")
  private CigarForm cigar;

  @Option(
      names = "--coordinates",
      paramLabel = "BASE",
      converter = Bases.class,
      completionCandidates = Bases.class,
      description = {
        "one-based: pos, pnext and end count from 1, end is the last base (default);"
            + " zero-based: from 0, end is behind the last base."
      })
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
      description = {
        "rogtk: the columns name, chrom, start, end, flags, sequence, quality_scores, source_file"
            + " of that prototype."
      })
  private ColumnProfile profile;

  ColumnOptions toColumnOptions() {
    List<String> all = profile().columns();
    List<String> names = new ArrayList<>(columns == null ? all : listed());
    names.removeAll(TAG_COLUMNS);
    include(OptionKey.SEQUENCE, sequence, profile == null ? "seq" : "sequence", names);
    include(OptionKey.QUALITY, quality, profile == null ? "qual" : "quality_scores", names);
    if (names.isEmpty()) {
      throw new OptionException("no column is left; name one with ", COLUMNS);
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
                ": no column is called '%s'; did you mean %s?", name, ClosestName.of(name, known)));
      }
      if (names.indexOf(name) != names.lastIndexOf(name)) {
        throw new OptionException(COLUMNS, ": " + name + " stands twice");
      }
    }
    if (!names.equals(tagsLast(names))) {
      throw new OptionException(COLUMNS, ": tags and other_tags come last, in this order");
    }
    return names;
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
          option.setTo(wanted.toString()), " contradicts ", COLUMNS.setTo(columns));
    }
    if (!wanted) {
      names.remove(column);
    }
  }

  static final class Names extends Words<String> {
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

  static final class QualForms extends Words<QualForm> {
    QualForms() {
      super(QualForm.values());
    }
  }

  static final class CigarForms extends Words<CigarForm> {
    CigarForms() {
      super(CigarForm.values());
    }
  }

  static final class Bases extends Words<Coordinates> {
    Bases() {
      super(Coordinates.values());
    }
  }

  static final class Encodings extends Words<TextEncoding> {
    Encodings() {
      super(TextEncoding.values());
    }
  }

  static final class Profiles extends Words<ColumnProfile> {
    Profiles() {
      super(ColumnProfile.ROGTK);
    }
  }
}
