package org.bamarrow.internal.filter;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.filter.RawField.Column;

/**
 * Where record batches have the variables and tags of filter expressions.
 *
 * @param zeroBased whether {@code pos} and {@code pnext} are 0-based
 * @param ends whether {@code end} is that of {@code pos} and {@code cigar}, of which expressions
 *     compute {@code endpos}
 * @param tags the types of the tags that have a field
 * @param others whether values of other types, and other tags, are in {@code other_tags}, of which
 *     the statistics tell nothing
 */
record ExpressionColumns(
    boolean zeroBased, boolean ends, Map<String, TagType> tags, boolean others) {
  private static final String SINGLE_VALUES = "ifAZH";
  private static final int MAX_FLAG = 0xffff;

  /** The value of a mapping quality that is null. */
  private static final int NO_MAPQ = 0xff;

  /** Of positions: one less is a 32-bit integer. */
  private static final long MIN = Integer.MIN_VALUE + 1L;

  private static final long MAX_UNSIGNED = 0xffffffffL;

  /** The columns of a schema; parameters as above. */
  static ExpressionColumns of(List<Field> fields, boolean zeroBased, boolean ends) {
    Map<String, TagType> tags = new HashMap<>();
    boolean others =
        fields.stream().anyMatch(field -> field.getName().equals(VectorOtherTags.NAME));
    for (Field field : fields) {
      if (field.getName().equals("tags") && field.getType() instanceof ArrowType.Struct) {
        field.getChildren().forEach(child -> add(child, tags));
      }
    }
    return new ExpressionColumns(zeroBased, ends, tags, others);
  }

  private static void add(Field field, Map<String, TagType> tags) {
    char type = VectorTag.type(field);
    if (SINGLE_VALUES.indexOf(type) >= 0 && field.getName().matches("[A-Za-z][A-Za-z0-9]")) {
      tags.put(field.getName(), new TagType(field.getName(), type, (char) 0));
    }
  }

  /** The column of a variable. */
  ExpressionOperand variable(ExpressionVariable variable) {
    return switch (variable) {
      case FLAG -> integers(Column.FLAG, 0, 0, MAX_FLAG, 0.0);
      case MAPQ -> integers(Column.MAPQ, 0, 0, NO_MAPQ, (double) NO_MAPQ);
      case POS -> integers(Column.POS, zeroBased ? 1 : 0, MIN, Integer.MAX_VALUE, 0.0);
      case PNEXT, MPOS -> integers(Column.PNEXT, zeroBased ? 1 : 0, MIN, Integer.MAX_VALUE, 0.0);
      case ENDPOS ->
          ends ? integers(Column.END, 0, MIN, Integer.MAX_VALUE, null) : ExpressionOperand.UNKNOWN;
      case TLEN -> integers(Column.TLEN, 0, MIN, Integer.MAX_VALUE, 0.0);
      case RNAME -> new ExpressionOperand.Texts(RawField.of(Column.RNAME), "*");
      case RNEXT, MRNAME -> new ExpressionOperand.Texts(RawField.of(Column.RNEXT), "*");
      default -> ExpressionOperand.UNKNOWN;
    };
  }

  private ExpressionOperand integers(Column column, int offset, long min, long max, Double ifNull) {
    RawField field = new RawField(column, zeroBased, null);
    return new ExpressionOperand.Integers(field, -1, offset, min, max, ifNull);
  }

  /** The field of a tag. */
  ExpressionOperand tag(String tag) {
    TagType type = tags.get(tag);
    if (others || type == null || type.type() == 'f') {
      return ExpressionOperand.UNKNOWN;
    }
    RawField field = RawField.of(type);
    return type.type() == 'i'
        ? new ExpressionOperand.Integers(field, -1, 0, Integer.MIN_VALUE, MAX_UNSIGNED, Double.NaN)
        : new ExpressionOperand.Texts(field, null);
  }

  /**
   * Whether the value of a tag can be an array, which no operator takes. One in a row without the
   * value of the field does not count: it is an error only where it is read.
   */
  boolean canBeArray(String tag) {
    return !tags.containsKey(tag);
  }

  /** A condition that is true for every row with a tag, or without. */
  RawPredicate hasTag(String tag, boolean outcome) {
    TagType type = tags.get(tag);
    if (others || type == null) {
      return RawPredicate.TRUE;
    }
    RawPredicate isNull = new RawPredicate.IsNull(RawField.of(type));
    return outcome ? new RawPredicate.Not(isNull) : isNull;
  }
}
