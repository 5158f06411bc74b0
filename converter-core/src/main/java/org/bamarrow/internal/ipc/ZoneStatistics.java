package org.bamarrow.internal.ipc;

import java.io.IOException;
import org.bamarrow.internal.zone.ColumnZone;
import org.bamarrow.internal.zone.ColumnZone.Numbers;
import org.bamarrow.internal.zone.ColumnZone.Texts;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneColumns.Column;

/**
 * The statistics of a column in a batch of a {@link ZoneTable}.
 *
 * @param min null without bounds, or if they are of another type; so is {@code max}
 */
record ZoneStatistics(Column column, TableColumn nulls, TableColumn min, TableColumn max) {
  /** Null if the table has none of the column. */
  static ZoneStatistics open(TableColumns table, Column column) throws IOException {
    TableColumn nulls = field(table, column, ZoneTable.NULLS);
    if (nulls == null || !nulls.isInteger()) {
      return null;
    }
    TableColumn min = null;
    TableColumn max = null;
    if (column.kind() != ZoneColumns.Kind.NULLS) {
      min = field(table, column, ZoneTable.MIN);
      max = field(table, column, ZoneTable.MAX);
    }
    boolean bounds = isOf(column, min) && isOf(column, max);
    return new ZoneStatistics(column, nulls, bounds ? min : null, bounds ? max : null);
  }

  private static TableColumn field(TableColumns table, Column column, String name)
      throws IOException {
    return column.child() == null
        ? table.column(ZoneTable.STATISTICS, column.name(), name)
        : table.column(ZoneTable.STATISTICS, column.name(), column.child(), name);
  }

  private static boolean isOf(Column column, TableColumn bound) {
    return bound != null && bound.type().equals(column.field().getType());
  }

  /**
   * What is known of the column in a zone.
   *
   * @param rows of the zone
   * @throws IOException if it contradicts itself
   */
  ColumnZone zone(int row, long rows) throws IOException {
    if (nulls.isNull(row)) {
      return ColumnZone.NOTHING;
    }
    long count = nulls.integer(row);
    boolean bounded = min != null && !min.isNull(row) && !max.isNull(row);
    return checked(column, count, bounded ? bounds(row) : null, rows);
  }

  /**
   * What is known of a column.
   *
   * @param bounds null for none
   * @throws IOException if it contradicts itself
   */
  static ColumnZone checked(Column column, long nulls, ColumnZone.Bounds bounds, long rows)
      throws IOException {
    if (nulls < 0
        || nulls > rows
        || bounds instanceof Numbers numbers && numbers.min() > numbers.max()) {
      throw new IOException(
          String.format(
              "column %s has %d nulls in %d rows and bounds %s",
              column.field().getName(), nulls, rows, bounds));
    }
    return new ColumnZone(nulls, bounds);
  }

  private ColumnZone.Bounds bounds(int row) {
    return switch (column.kind()) {
      case INTEGER -> new Numbers(min.integer(row), max.integer(row));
      case FLOAT -> new Numbers(order(min.integer(row)), order(max.integer(row)));
      case TEXT -> new Texts(min.text(row), max.text(row));
      case NULLS -> null;
    };
  }

  private long order(long bits) {
    return ColumnZone.ofDouble(
        column.bytes() == 8 ? Double.longBitsToDouble(bits) : Float.intBitsToFloat((int) bits));
  }
}
