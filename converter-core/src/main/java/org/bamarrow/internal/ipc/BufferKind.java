package org.bamarrow.internal.ipc;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.BufferLayout;
import org.apache.arrow.vector.BufferLayout.BufferType;
import org.apache.arrow.vector.TypeLayout;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * What the buffers of a record batch contain, as far as it matters for their compression. Found by
 * the names and types of the fields only, so that equal schemas give equal bytes.
 */
enum BufferKind {
  /** Nucleotides as text. */
  BASES,
  /** Base qualities, as text or numbers. */
  QUALITIES,
  /** Other variable-length data. */
  TEXT,
  /** Integers of 4 bytes: values, and offsets of variable-length data. */
  INT32,
  /** Anything else: validity bitmaps, other numbers. */
  OTHER;

  private static final Set<String> BASES_NAMES = Set.of("seq", "sequence");
  private static final Set<String> QUALITIES_NAMES =
      Set.of("qual", "quality_scores", "OQ", "BQ", "U2");

  /** The kinds of all buffers of a batch, in their order in the body. */
  static List<BufferKind> of(List<Field> fields) {
    List<BufferKind> kinds = new ArrayList<>();
    fields.forEach(field -> add(field, field.getName(), kinds));
    return List.copyOf(kinds);
  }

  /**
   * @param column name of the column that contains the field
   */
  private static void add(Field field, String column, List<BufferKind> kinds) {
    ArrowType type = field.getType();
    for (BufferLayout buffer : TypeLayout.getTypeLayout(type).getBufferLayouts()) {
      kinds.add(kind(buffer, type, column));
    }
    field.getChildren().forEach(child -> add(child, column, kinds));
  }

  private static BufferKind kind(BufferLayout buffer, ArrowType type, String column) {
    boolean data = buffer.getType() == BufferType.DATA;
    boolean integers = !data || type instanceof ArrowType.Int;
    if (data && (!integers || buffer.getTypeBitWidth() == 8)) {
      return data(type, column);
    }
    boolean values = data || buffer.getType() == BufferType.OFFSET;
    return values && integers && buffer.getTypeBitWidth() == 32 ? INT32 : OTHER;
  }

  private static BufferKind data(ArrowType type, String column) {
    if (QUALITIES_NAMES.contains(column)) {
      return QUALITIES;
    }
    return switch (type.getTypeID()) {
      case Utf8, LargeUtf8, Binary, LargeBinary -> BASES_NAMES.contains(column) ? BASES : TEXT;
      default -> OTHER;
    };
  }
}
