package org.bamarrow.internal.filter;

import java.io.Serializable;
import java.util.Locale;
import org.bamarrow.convert.TagType;

/**
 * A column that a predicate can read from a record's raw bytes; its values are those of the decoded
 * column, nulls included ({@code docs/schema.md}).
 *
 * @param column which column; {@code TAG} for a field of the {@code tags} struct
 * @param zeroBased whether {@code POS} and {@code PNEXT} are 0-based; ignored for other columns
 *     ({@code END} is the same number 1-based inclusive and 0-based exclusive)
 * @param tag the typed field if the column is {@code TAG}, else null
 */
public record RawField(Column column, boolean zeroBased, TagType tag) implements Serializable {
  /** The columns, named as in the schema in upper case. */
  public enum Column {
    FLAG,
    MAPQ,
    TLEN,
    POS,
    END,
    PNEXT,
    QNAME,
    RNAME,
    RNEXT,
    TAG
  }

  /** What a field's values can be compared with. */
  public enum Kind {
    INTEGER,
    TEXT,
    FLOAT,
    /** Arrays: can only be tested for null. */
    ARRAY
  }

  public RawField {
    if ((column == Column.TAG) != (tag != null)) {
      throw new IllegalArgumentException("a tag must be given if and only if the column is TAG");
    }
  }

  /** A plain column, 1-based. */
  public static RawField of(Column column) {
    return new RawField(column, false, null);
  }

  /** The field for a column name of the schema, or null if predicates do not support it. */
  public static RawField named(String name, boolean zeroBased) {
    for (Column column : Column.values()) {
      if (column != Column.TAG && column.name().toLowerCase(Locale.ROOT).equals(name)) {
        return new RawField(column, zeroBased, null);
      }
    }
    return null;
  }

  /**
   * The field of the {@code tags} struct that has this type: the first value of that tag and type,
   * null if the record has none.
   */
  public static RawField of(TagType tag) {
    return new RawField(Column.TAG, false, tag);
  }

  public Kind kind() {
    return switch (column) {
      case FLAG, MAPQ, TLEN, POS, END, PNEXT -> Kind.INTEGER;
      case QNAME, RNAME, RNEXT -> Kind.TEXT;
      case TAG ->
          switch (tag.type()) {
            case 'i' -> Kind.INTEGER;
            case 'f' -> Kind.FLOAT;
            case 'B' -> Kind.ARRAY;
            default -> Kind.TEXT;
          };
    };
  }

  void require(Kind kind) {
    if (kind() != kind) {
      throw new IllegalArgumentException(this + " does not have values of kind " + kind);
    }
  }

  @Override
  public String toString() {
    return column == Column.TAG ? "tags." + tag.tag() : column.name().toLowerCase(Locale.ROOT);
  }
}
