package org.bamarrow.internal.column;

import static org.bamarrow.internal.bam.RecordLayout.NEXT_POS;
import static org.bamarrow.internal.bam.RecordLayout.NEXT_REF_ID;
import static org.bamarrow.internal.bam.RecordLayout.REF_ID;

import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ColumnProfile;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.internal.bam.RecordLayout;

/** The columns of a record, except tags: names, Arrow fields and decoders. */
public enum BamColumn {
  QNAME,
  FLAG,
  RNAME,
  POS,
  END,
  MAPQ,
  CIGAR,
  RNEXT,
  PNEXT,
  TLEN,
  SEQ,
  QUAL,
  FILE,
  READ_GROUP,
  SAMPLE,
  LIBRARY,
  VOFFSET;

  private static final ArrowType INT32 = new ArrowType.Int(32, true);
  private static final ArrowType UTF8 = ArrowType.Utf8.INSTANCE;

  /**
   * The columns of the profile rogtk, in the order of their names in {@link ColumnOptions#ROGTK}.
   */
  private static final List<BamColumn> ROGTK =
      List.of(QNAME, RNAME, POS, END, FLAG, SEQ, QUAL, FILE);

  /**
   * @throws IllegalArgumentException if no column has that name
   */
  static BamColumn named(String name, ColumnOptions options) {
    if (options.profile() == ColumnProfile.ROGTK && ColumnOptions.ROGTK.contains(name)) {
      return ROGTK.get(ColumnOptions.ROGTK.indexOf(name));
    }
    for (BamColumn column : values()) {
      if (column.name().toLowerCase(Locale.ROOT).equals(name)) {
        return column;
      }
    }
    throw new IllegalArgumentException("unknown column '" + name + "'");
  }

  Field field(String name, ColumnOptions options) {
    return switch (this) {
      case FLAG, TLEN -> new Field(name, FieldType.notNullable(INT32), null);
      case POS, END, MAPQ, PNEXT -> Field.nullable(name, INT32);
      case CIGAR -> options.cigar() == CigarForm.OPS ? cigarOps(name) : Field.nullable(name, UTF8);
      case QUAL -> options.qual() == QualForm.NUMBERS ? numbers(name) : Field.nullable(name, UTF8);
      case FILE -> new Field(name, FieldType.notNullable(UTF8), null);
      case VOFFSET -> new Field(name, FieldType.notNullable(new ArrowType.Int(64, true)), null);
      case QNAME, RNAME, RNEXT, SEQ, READ_GROUP, SAMPLE, LIBRARY -> Field.nullable(name, UTF8);
    };
  }

  ColumnDecoder decoder(String name, ColumnOptions options) {
    Field field = field(name, options);
    int base = options.coordinates() == Coordinates.ZERO_BASED ? 0 : 1;
    boolean latin1 = options.textEncoding() == TextEncoding.LATIN_1;
    return switch (this) {
      case QNAME -> new NameColumns.Qname(field, latin1);
      case FLAG -> new FixedFields.Flag(field);
      case RNAME -> new NameColumns.ReferenceName(field, REF_ID);
      case POS -> new FixedFields.Position(field, RecordLayout.POS, base);
      case END -> new FixedFields.End(field);
      case MAPQ -> new FixedFields.Mapq(field);
      case CIGAR ->
          options.cigar() == CigarForm.OPS ? new ListColumns.CigarOps(field) : new CigarText(field);
      case RNEXT -> new NameColumns.ReferenceName(field, NEXT_REF_ID);
      case PNEXT -> new FixedFields.Position(field, NEXT_POS, base);
      case TLEN -> new FixedFields.Tlen(field);
      case SEQ -> new Sequence(field);
      case QUAL ->
          options.qual() == QualForm.NUMBERS
              ? new ListColumns.QualityNumbers(field)
              : new QualityText(field);
      case FILE -> new NameColumns.FileName(field);
      case READ_GROUP -> new ReadGroupColumn(field, null, latin1);
      case SAMPLE -> new ReadGroupColumn(field, "SM", latin1);
      case LIBRARY -> new ReadGroupColumn(field, "LB", latin1);
      case VOFFSET -> new VirtualOffsets(field);
    };
  }

  private static Field numbers(String name) {
    Field item = new Field("item", FieldType.notNullable(new ArrowType.Int(8, true)), null);
    return new Field(name, FieldType.nullable(ArrowType.List.INSTANCE), List.of(item));
  }

  private static Field cigarOps(String name) {
    Field op = new Field("op", FieldType.notNullable(UTF8), null);
    Field length = new Field("length", FieldType.notNullable(INT32), null);
    FieldType struct = FieldType.notNullable(ArrowType.Struct.INSTANCE);
    Field item = new Field("item", struct, List.of(op, length));
    return new Field(name, FieldType.nullable(ArrowType.List.INSTANCE), List.of(item));
  }
}
