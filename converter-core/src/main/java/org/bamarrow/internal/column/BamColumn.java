package org.bamarrow.internal.column;

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
  VOFFSET,
  RID;

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
      case POS, END, MAPQ, PNEXT, RID -> Field.nullable(name, INT32);
      case CIGAR -> options.cigar() == CigarForm.OPS ? cigarOps(name) : Field.nullable(name, UTF8);
      case QUAL -> options.qual() == QualForm.NUMBERS ? numbers(name) : Field.nullable(name, UTF8);
      case FILE -> new Field(name, FieldType.notNullable(UTF8), null);
      case VOFFSET -> new Field(name, FieldType.notNullable(new ArrowType.Int(64, true)), null);
      case QNAME, RNAME, RNEXT, SEQ, READ_GROUP, SAMPLE, LIBRARY -> Field.nullable(name, UTF8);
    };
  }

  ColumnDecoder decoder(ColumnOptions options, BatchMemory memory) {
    int base = options.coordinates() == Coordinates.ZERO_BASED ? 0 : 1;
    boolean latin1 = options.textEncoding() == TextEncoding.LATIN_1;
    return switch (this) {
      case QNAME -> new NameColumns.Qname(memory, latin1);
      case FLAG -> new FixedFields.Flag(memory);
      case RNAME -> new NameColumns.ReferenceName(memory, false);
      case POS -> new FixedFields.Position(memory, false, base);
      case END -> new FixedFields.End(memory);
      case MAPQ -> new FixedFields.Mapq(memory);
      case CIGAR ->
          options.cigar() == CigarForm.OPS
              ? new ListColumns.CigarOps(memory)
              : new CigarText(memory);
      case RNEXT -> new NameColumns.ReferenceName(memory, true);
      case PNEXT -> new FixedFields.Position(memory, true, base);
      case TLEN -> new FixedFields.Tlen(memory);
      case SEQ -> new Sequence(memory);
      case QUAL ->
          options.qual() == QualForm.NUMBERS
              ? new ListColumns.QualityNumbers(memory)
              : new QualityText(memory);
      case FILE -> new NameColumns.FileName(memory);
      case READ_GROUP -> new ReadGroupColumn(memory, null, latin1);
      case SAMPLE -> new ReadGroupColumn(memory, "SM", latin1);
      case LIBRARY -> new ReadGroupColumn(memory, "LB", latin1);
      case VOFFSET -> new VirtualOffsets(memory);
      case RID -> new FixedFields.ReferenceId(memory);
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
