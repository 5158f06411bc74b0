package org.bamarrow.internal.base;

import java.util.List;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * The physical layout of Arrow types in the body of a record batch. Types are told apart by their
 * IDs: older versions of Arrow lack some of the classes.
 */
public final class ArrowLayout {
  private static final int MAX_DECIMAL128 = 38;
  private static final int MAX_DECIMAL256 = 76;

  private ArrowLayout() {}

  /** The storage type of an extension type; other types are returned unchanged. */
  public static ArrowType storage(ArrowType type) {
    ArrowType stored = type;
    while (stored instanceof ArrowType.ExtensionType extension) {
      stored = extension.storageType();
    }
    return stored;
  }

  /** The field as stored in a body; a dictionary-encoded field is stored as its indices. */
  public static Field stored(Field field) {
    if (field.getDictionary() == null) {
      return values(field);
    }
    ArrowType.Int index = field.getDictionary().getIndexType();
    return new Field(
        field.getName(),
        FieldType.nullable(index == null ? new ArrowType.Int(32, true) : index),
        null);
  }

  /** The field of a dictionary's values as stored in the body of a dictionary batch. */
  public static Field values(Field field) {
    return new Field(
        field.getName(),
        new FieldType(field.isNullable(), field.getType(), null, field.getMetadata()),
        field.getChildren().stream().map(ArrowLayout::stored).toList());
  }

  /**
   * Number of buffers of a field, without its children and without variadic buffers.
   *
   * @param unionValidity whether unions have a validity buffer, as before metadata version V5
   */
  public static int buffers(ArrowType type, boolean unionValidity) {
    return switch (type.getTypeID()) {
      case Null, RunEndEncoded -> 0;
      case Struct, FixedSizeList -> 1;
      case Utf8, Binary, LargeUtf8, LargeBinary, ListView, LargeListView -> 3;
      case Union ->
          (((ArrowType.Union) type).getMode() == UnionMode.Dense ? 2 : 1) + (unionValidity ? 1 : 0);
      default -> 2;
    };
  }

  /** Whether the type has variadic data buffers. */
  public static boolean isView(ArrowType type) {
    return switch (type.getTypeID()) {
      case Utf8View, BinaryView -> true;
      default -> false;
    };
  }

  public static boolean isRunEndEncoded(ArrowType type) {
    return switch (type.getTypeID()) {
      case RunEndEncoded -> true;
      default -> false;
    };
  }

  /** Bits per value of a fixed-width type, or -1. */
  public static int bits(ArrowType type) {
    return switch (type.getTypeID()) {
      case Bool -> 1;
      case Int -> ((ArrowType.Int) type).getBitWidth();
      case FloatingPoint ->
          switch (((ArrowType.FloatingPoint) type).getPrecision()) {
            case HALF -> 16;
            case SINGLE -> 32;
            case DOUBLE -> 64;
          };
      case Decimal -> ((ArrowType.Decimal) type).getBitWidth();
      case Date ->
          switch (((ArrowType.Date) type).getUnit()) {
            case DAY -> 32;
            case MILLISECOND -> 64;
          };
      case Time -> ((ArrowType.Time) type).getBitWidth();
      case Timestamp, Duration -> 64;
      case Interval ->
          switch (((ArrowType.Interval) type).getUnit()) {
            case YEAR_MONTH -> 32;
            case DAY_TIME -> 64;
            case MONTH_DAY_NANO -> 128;
          };
      case FixedSizeBinary ->
          Math.multiplyExact(8, ((ArrowType.FixedSizeBinary) type).getByteWidth());
      default -> -1;
    };
  }

  /** The problem of an invalid type or its children; null if it is valid. */
  public static String problem(ArrowType type, List<Field> children) {
    int expected =
        switch (type.getTypeID()) {
          case List, LargeList, ListView, LargeListView, FixedSizeList, Map -> 1;
          case RunEndEncoded -> 2;
          case Struct, Union -> children.size();
          default -> 0;
        };
    if (children.size() != expected) {
      return "has type " + type + " and an invalid number of children: " + children.size();
    }
    boolean valid =
        switch (type.getTypeID()) {
          case Int -> List.of(8, 16, 32, 64).contains(((ArrowType.Int) type).getBitWidth());
          case Decimal -> isValid((ArrowType.Decimal) type);
          case FixedSizeBinary -> ((ArrowType.FixedSizeBinary) type).getByteWidth() > 0;
          case FixedSizeList -> ((ArrowType.FixedSizeList) type).getListSize() >= 0;
          case Map -> {
            Field entries = children.get(0);
            yield entries.getType() instanceof ArrowType.Struct
                && entries.getChildren().size() == 2;
          }
          case RunEndEncoded ->
              children.get(0).getType() instanceof ArrowType.Int ends
                  && ends.getIsSigned()
                  && ends.getBitWidth() > 8
                  && children.get(0).getDictionary() == null;
          case Time -> isValid((ArrowType.Time) type);
          default -> true;
        };
    return valid ? null : "has type " + type + ", which is not valid in the Arrow format";
  }

  private static boolean isValid(ArrowType.Decimal type) {
    int most =
        switch (type.getBitWidth()) {
          case 128 -> MAX_DECIMAL128;
          case 256 -> MAX_DECIMAL256;
          default -> 0;
        };
    return type.getPrecision() > 0 && type.getPrecision() <= most;
  }

  private static boolean isValid(ArrowType.Time type) {
    return type.getBitWidth()
        == switch (type.getUnit()) {
          case SECOND, MILLISECOND -> 32;
          case MICROSECOND, NANOSECOND -> 64;
        };
  }
}
