package org.bamarrow.convert;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;

/**
 * Which columns a conversion writes, and their form; {@code docs/schema.md} describes each column.
 *
 * @param names columns in order, by their names in the schema, without {@code tags} and {@code
 *     other_tags}, which {@link TagOptions} configure; immutable
 * @param coordinates base of {@code pos}, {@code pnext} and {@code end}
 * @param qual form of the base qualities
 * @param cigar form of the CIGAR
 * @param textEncoding encoding of names and text tags in the BAM
 * @param profile names of the columns
 */
public record ColumnOptions(
    List<String> names,
    Coordinates coordinates,
    QualForm qual,
    CigarForm cigar,
    TextEncoding textEncoding,
    ColumnProfile profile)
    implements Serializable {
  /** The columns of the standard profile: fields 1 to 11 of SAM and {@code end}. */
  public static final List<String> CORE =
      List.of(
          "qname", "flag", "rname", "pos", "end", "mapq", "cigar", "rnext", "pnext", "tlen", "seq",
          "qual");

  /** The columns that are written only on request. */
  public static final List<String> ON_DEMAND =
      List.of("file", "read_group", "sample", "library", "voffset", "rid");

  /** The columns of {@link ColumnProfile#ROGTK}. */
  public static final List<String> ROGTK =
      List.of(
          "name", "chrom", "start", "end", "flags", "sequence", "quality_scores", "source_file");

  private static final ColumnOptions DEFAULTS =
      new ColumnOptions(
          CORE,
          Coordinates.ONE_BASED,
          QualForm.TEXT,
          CigarForm.TEXT,
          TextEncoding.UTF_8,
          ColumnProfile.STANDARD);

  /**
   * Copies the list and checks the names.
   *
   * @param names columns in order, by their names in the schema, without {@code tags} and {@code
   *     other_tags}, which {@link TagOptions} configure
   * @param coordinates base of {@code pos}, {@code pnext} and {@code end}
   * @param qual form of the base qualities
   * @param cigar form of the CIGAR
   * @param textEncoding encoding of names and text tags in the BAM
   * @param profile names of the columns
   * @throws OptionException if a column does not exist or is duplicate
   */
  public ColumnOptions {
    names = List.copyOf(names);
    Objects.requireNonNull(coordinates, "coordinates");
    Objects.requireNonNull(qual, "qual");
    Objects.requireNonNull(cigar, "cigar");
    Objects.requireNonNull(textEncoding, "textEncoding");
    Objects.requireNonNull(profile, "profile");
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!CORE.contains(name) && !ON_DEMAND.contains(name) && !profile.columns().contains(name)) {
        throw new OptionException(
            OptionKey.COLUMNS,
            ": unknown column '" + name + "'; the columns are " + profile.columns(),
            " and, on request, " + ON_DEMAND);
      }
      if (!seen.add(name)) {
        throw new OptionException(OptionKey.COLUMNS, ": duplicate column '" + name + "'");
      }
    }
  }

  /** {@return the core columns: 1-based coordinates, base qualities and CIGAR as text, UTF-8} */
  public static ColumnOptions defaults() {
    return DEFAULTS;
  }

  /**
   * {@return a copy with other columns}
   *
   * @param value names of columns of the profile or on demand, in output order
   */
  public ColumnOptions withNames(List<String> value) {
    return new ColumnOptions(value, coordinates, qual, cigar, textEncoding, profile);
  }

  /**
   * {@return the same as {@link #withNames(List)}}
   *
   * @param value columns in order, by their names in the schema, without {@code tags} and {@code
   *     other_tags}, which {@link TagOptions} configure; immutable
   */
  public ColumnOptions withNames(String... value) {
    return withNames(List.of(value));
  }

  /**
   * {@return a copy with another base of the coordinates}
   *
   * @param value base of {@code pos}, {@code pnext} and {@code end}
   */
  public ColumnOptions withCoordinates(Coordinates value) {
    return new ColumnOptions(names, value, qual, cigar, textEncoding, profile);
  }

  /**
   * {@return a copy with another form of the base qualities}
   *
   * @param value form of the base qualities
   */
  public ColumnOptions withQual(QualForm value) {
    return new ColumnOptions(names, coordinates, value, cigar, textEncoding, profile);
  }

  /**
   * {@return a copy with another form of the CIGAR}
   *
   * @param value form of the CIGAR
   */
  public ColumnOptions withCigar(CigarForm value) {
    return new ColumnOptions(names, coordinates, qual, value, textEncoding, profile);
  }

  /**
   * {@return a copy for BAMs with another encoding of text}
   *
   * @param value encoding of names and text tags in the BAM
   */
  public ColumnOptions withTextEncoding(TextEncoding value) {
    return new ColumnOptions(names, coordinates, qual, cigar, value, profile);
  }

  /**
   * {@return a copy with another profile and all of its columns; select columns after this call}
   *
   * @param value names of the columns
   */
  public ColumnOptions withProfile(ColumnProfile value) {
    return new ColumnOptions(value.columns(), coordinates, qual, cigar, textEncoding, value);
  }
}
