package org.bamarrow.internal.zone;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.base.ArrowLayout;

/**
 * The columns of a schema that have statistics, and where a batch has their values: the top-level
 * columns and the fields of structs. Immutable.
 */
public final class ZoneColumns {
  /** What is known of a column besides the number of nulls. */
  public enum Kind {
    /** Bounds of integers of 1, 2, 4 or 8 bytes, dates and times included. */
    INTEGER,
    /** Bounds of floats of 4 or 8 bytes; NaN is greater than all other values. */
    FLOAT,
    /** Bounds of UTF-8 text, by its bytes as unsigned numbers. */
    TEXT,
    /** Nothing. */
    NULLS
  }

  /**
   * A column.
   *
   * @param name of the top-level column
   * @param child name of the field of the struct, or null
   * @param field the Arrow field
   * @param bytes size of a value in bytes; 0 if it varies
   * @param node index of its node in a batch
   * @param parent index of the node of the struct, or -1
   * @param buffer index of its first buffer in a batch
   */
  public record Column(
      String name,
      String child,
      Field field,
      Kind kind,
      int bytes,
      int node,
      int parent,
      int buffer) {}

  /** A field of this name has no statistics, as those of its struct have a field of this name. */
  private static final String RESERVED = "nulls";

  private final List<Column> columns = new ArrayList<>();
  private final Map<String, Integer> places = new HashMap<>();

  /** All columns, also those without statistics. */
  private final Set<String> present = new HashSet<>();

  private final boolean text;
  private int nodes;
  private int buffers;

  private ZoneColumns(List<Field> fields, boolean text) {
    this.text = text;
    for (Field field : fields) {
      int node = nodes;
      boolean struct = field.getType() instanceof ArrowType.Struct;
      add(field.getName(), null, field, -1);
      for (Field child : field.getChildren()) {
        if (struct) {
          add(field.getName(), child.getName(), child, node);
          child.getChildren().forEach(this::skip);
        } else {
          skip(child);
        }
      }
    }
  }

  /**
   * The columns of a schema.
   *
   * @param text whether text has bounds: names, bases and qualities of reads are not worth them
   */
  public static ZoneColumns of(List<Field> fields, boolean text) {
    return new ZoneColumns(fields, text);
  }

  private void add(String name, String child, Field field, int parent) {
    ArrowType type = field.getType();
    boolean countsNulls = !(type instanceof ArrowType.Union) && !ArrowLayout.isRunEndEncoded(type);
    present.add(key(name, child));
    if (countsNulls && field.getDictionary() == null && !RESERVED.equals(child)) {
      Kind kind = kind(type);
      int bytes = kind == Kind.INTEGER || kind == Kind.FLOAT ? ArrowLayout.bits(type) / 8 : 0;
      if (places.putIfAbsent(key(name, child), columns.size()) == null) {
        columns.add(new Column(name, child, field, kind, bytes, nodes, parent, buffers));
      }
    }
    count(type);
  }

  private Kind kind(ArrowType type) {
    return switch (type.getTypeID()) {
      case Int -> ((ArrowType.Int) type).getIsSigned() ? Kind.INTEGER : Kind.NULLS;
      case Date, Time, Timestamp -> Kind.INTEGER;
      case FloatingPoint -> ArrowLayout.bits(type) > 16 ? Kind.FLOAT : Kind.NULLS;
      case Utf8 -> text ? Kind.TEXT : Kind.NULLS;
      default -> Kind.NULLS;
    };
  }

  private void skip(Field field) {
    count(field.getType());
    field.getChildren().forEach(this::skip);
  }

  private void count(ArrowType type) {
    nodes++;
    buffers += ArrowLayout.buffers(type, false);
  }

  private static String key(String name, String child) {
    return child == null ? name : name + '\0' + child;
  }

  /** The columns, in the order of the schema; fields of a struct after the struct. */
  public List<Column> columns() {
    return columns;
  }

  public int size() {
    return columns.size();
  }

  /**
   * Index of a column, or -1.
   *
   * @param child name of the field of a struct, or null for the top-level column
   */
  public int indexOf(String name, String child) {
    return places.getOrDefault(key(name, child), -1);
  }

  /** Whether the schema has a column, with statistics or without; parameters as above. */
  public boolean has(String name, String child) {
    return present.contains(key(name, child));
  }

  /** Number of buffers of a batch. */
  int buffers() {
    return buffers;
  }
}
