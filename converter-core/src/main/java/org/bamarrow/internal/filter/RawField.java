package org.bamarrow.internal.filter;

import java.io.Serializable;
import java.util.Locale;
import java.util.Objects;
import org.bamarrow.convert.TagType;

/**
 * A column that a predicate can read from a record's raw bytes; its values are those of the decoded
 * column, nulls included ({@code docs/schema.md}). Or a column that only record batches have.
 *
 * @param column which column; {@code TAG} for a field of the {@code tags} struct
 * @param zeroBased whether {@code POS} and {@code PNEXT} are 0-based; ignored for other columns
 *     ({@code END} is the same number 1-based inclusive and 0-based exclusive)
 * @param tag the typed field if the column is {@code TAG}, else null
 * @param named the column of record batches if the column is {@code NAMED}, else null
 */
public record RawField(Column column, boolean zeroBased, TagType tag, Named named)
    implements Serializable {
  /** The columns, named as in the schema in upper case. */
  public enum Column {
    FLAG,
    MAPQ,
    TLEN,
    POS,
    END,
    PNEXT,
    /** Index of the reference in the header of its BAM, from 0; null as {@code RNAME}. */
    RID,
    QNAME,
    RNAME,
    RNEXT,
    TAG,
    /** A column of record batches, which no record has. */
    NAMED;

    /** As in the schema. */
    private final String label = name().toLowerCase(Locale.ROOT);
  }

  /**
   * A column of record batches.
   *
   * @param child name of the field of a struct, or null for the top-level column
   * @param kind {@code INTEGER} for signed integers, dates in days and timestamps in microseconds;
   *     {@code ARRAY} for all that can only be tested for null
   */
  public record Named(String column, String child, Kind kind) implements Serializable {}

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
    if ((column == Column.NAMED) != (named != null)) {
      throw new IllegalArgumentException("a name must be given if and only if the column is NAMED");
    }
  }

  // A record's own are linked at run time (docs/performance.md, "Start-up and the JVM").
  @Override
  public boolean equals(Object other) {
    return other instanceof RawField field
        && column == field.column
        && zeroBased == field.zeroBased
        && Objects.equals(tag, field.tag)
        && Objects.equals(named, field.named);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * column.name().hashCode() + Objects.hashCode(tag)) + Objects.hashCode(named);
  }

  public RawField(Column column, boolean zeroBased, TagType tag) {
    this(column, zeroBased, tag, null);
  }

  /** A plain column, 1-based. */
  public static RawField of(Column column) {
    return new RawField(column, false, null);
  }

  /** The field for a column name of the schema, or null if predicates do not support it. */
  public static RawField named(String name, boolean zeroBased) {
    for (Column column : Column.values()) {
      boolean ofRecords = column != Column.TAG && column != Column.NAMED;
      if (ofRecords && column.label.equals(name)) {
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

  /**
   * A column of record batches; its predicates do not apply to records.
   *
   * @param child name of the field of a struct, or null for the top-level column
   */
  public static RawField ofBatches(String name, String child, Kind kind) {
    return new RawField(Column.NAMED, false, null, new Named(name, child, kind));
  }

  /** The name of the top-level column of record batches. */
  String topLevel() {
    return tag != null ? "tags" : named != null ? named.column() : toString();
  }

  /** The name of the field of a struct of record batches; null: none. */
  String child() {
    return tag != null ? tag.tag() : named != null ? named.child() : null;
  }

  public Kind kind() {
    return switch (column) {
      case FLAG, MAPQ, TLEN, POS, END, PNEXT, RID -> Kind.INTEGER;
      case QNAME, RNAME, RNEXT -> Kind.TEXT;
      case TAG ->
          switch (tag.type()) {
            case 'i' -> Kind.INTEGER;
            case 'f' -> Kind.FLOAT;
            case 'B' -> Kind.ARRAY;
            default -> Kind.TEXT;
          };
      case NAMED -> named.kind();
    };
  }

  void require(Kind kind) {
    if (kind() != kind) {
      throw new IllegalArgumentException(this + " does not have values of kind " + kind);
    }
  }

  @Override
  public String toString() {
    return switch (column) {
      case TAG -> "tags." + tag.tag();
      case NAMED -> named.child() == null ? named.column() : named.column() + "." + named.child();
      default -> column.label;
    };
  }
}
