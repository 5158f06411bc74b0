package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.bamarrow.internal.base.ArrowLayout;

/**
 * The normalized types: those of Spark's columns, which are also those that bamarrow writes. Every
 * other Arrow type is read as the normalized type that can represent all of its values; types
 * without one are kept.
 */
final class NormalizedFields {
  /** Spark's type for unsigned 64-bit integers. */
  private static final ArrowType UNSIGNED_64 = new ArrowType.Decimal(20, 0, 128);

  private static final int MAX_DECIMAL128 = 38;

  private NormalizedFields() {}

  /** The field without dictionaries, views, run-end encoding and unsigned integers. */
  static Field of(Field field) {
    ArrowType type = field.getType();
    if (ArrowLayout.isRunEndEncoded(type)) {
      return rename(field, of(field.getChildren().get(1)));
    }
    boolean nullable = field.isNullable() || field.getDictionary() != null;
    List<Field> children = field.getChildren().stream().map(NormalizedFields::of).toList();
    return new Field(
        field.getName(), new FieldType(nullable, type(type), null, field.getMetadata()), children);
  }

  private static Field rename(Field field, Field values) {
    return new Field(
        field.getName(),
        new FieldType(true, values.getType(), null, field.getMetadata()),
        values.getChildren());
  }

  /** Whether the loaded vectors of a field can be used without conversion. */
  static boolean isNormalized(Field field) {
    return field.getDictionary() == null
        && type(field.getType()).equals(field.getType())
        && !ArrowLayout.isRunEndEncoded(field.getType())
        && field.getChildren().stream().allMatch(NormalizedFields::isNormalized);
  }

  /**
   * Checks that a column has a normalized type.
   *
   * @param file file name for the error
   * @throws IOException if it has none
   */
  static void requireReadable(Field column, String file) throws IOException {
    requireReadable(column, column.getName(), file);
  }

  private static void requireReadable(Field field, String column, String file) throws IOException {
    if (field.getType() instanceof ArrowType.Union) {
      throw new IOException(
          String.format(
              "%s: column %s is of type %s, which is not supported; leave it out or write it as"
                  + " another type",
              file, column, field.getType()));
    }
    for (Field child : field.getChildren()) {
      requireReadable(child, column, file);
    }
  }

  private static ArrowType type(ArrowType type) {
    return switch (type.getTypeID()) {
      case Int -> signed((ArrowType.Int) type);
      case FloatingPoint ->
          ((ArrowType.FloatingPoint) type).getPrecision() == FloatingPointPrecision.HALF
              ? new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE)
              : type;
      case Utf8View -> ArrowType.Utf8.INSTANCE;
      case BinaryView -> ArrowType.Binary.INSTANCE;
      case FixedSizeBinary -> ArrowType.Binary.INSTANCE;
      case LargeList, FixedSizeList, ListView, LargeListView -> ArrowType.List.INSTANCE;
      case Decimal -> decimal((ArrowType.Decimal) type);
      case Date -> new ArrowType.Date(DateUnit.DAY);
      case Time -> new ArrowType.Time(TimeUnit.NANOSECOND, 64);
      case Timestamp ->
          new ArrowType.Timestamp(TimeUnit.MICROSECOND, ((ArrowType.Timestamp) type).getTimezone());
      case Duration -> new ArrowType.Duration(TimeUnit.MICROSECOND);
      default -> type;
    };
  }

  /** Decimals use 128 bits if their precision allows it. */
  private static ArrowType decimal(ArrowType.Decimal type) {
    return type.getPrecision() <= MAX_DECIMAL128
        ? new ArrowType.Decimal(type.getPrecision(), type.getScale(), 128)
        : type;
  }

  private static ArrowType signed(ArrowType.Int type) {
    if (type.getIsSigned()) {
      return type;
    }
    return type.getBitWidth() == 64 ? UNSIGNED_64 : new ArrowType.Int(2 * type.getBitWidth(), true);
  }
}
