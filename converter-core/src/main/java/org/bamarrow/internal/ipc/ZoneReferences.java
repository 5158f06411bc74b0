package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.bamarrow.internal.zone.ColumnZone;
import org.bamarrow.internal.zone.ReferenceZone;
import org.bamarrow.internal.zone.Zone;

/** The references of a batch of a {@link ZoneTable}: lists of structs. */
record ZoneReferences(
    TableColumn lists,
    TableColumn names,
    TableColumn rows,
    TableColumn minPos,
    TableColumn maxPos,
    TableColumn maxEnd) {
  /** Null if the table has none. */
  static ZoneReferences open(TableColumns table) throws IOException {
    TableColumn lists = table.column(ZoneTable.REFERENCES);
    if (lists == null) {
      return null;
    }
    if (!(lists.type() instanceof ArrowType.List)) {
      throw new IOException("its references are not lists");
    }
    return new ZoneReferences(
        lists,
        table.column(ZoneTable.REFERENCES, ZoneTable.RNAME),
        table.column(ZoneTable.REFERENCES, ZoneTable.ROWS),
        table.column(ZoneTable.REFERENCES, ZoneTable.POS_MIN),
        table.column(ZoneTable.REFERENCES, ZoneTable.POS_MAX),
        table.column(ZoneTable.REFERENCES, ZoneTable.END_MAX));
  }

  /**
   * The references of a zone; null if they are not known.
   *
   * @param number of the rows of the zone
   * @param unnamed of them without a name, or {@link ColumnZone#UNKNOWN}
   * @throws IOException if they contradict themselves
   */
  List<ReferenceZone> of(int row, long number, long unnamed) throws IOException {
    if (lists.isNull(row)) {
      return null;
    }
    int start = lists.start(row);
    int end = lists.end(row);
    if (start < 0 || end < start || end - start > Zone.MAX_REFERENCES) {
      throw new IOException("references from " + start + " to " + end);
    }
    List<ReferenceZone> references = new ArrayList<>(end - start);
    for (int i = start; i < end; i++) {
      if (names.isNull(i)) {
        throw new IOException("a reference without a name");
      }
      references.add(
          new ReferenceZone(
              names.text(i),
              position(rows, i),
              position(minPos, i),
              position(maxPos, i),
              position(maxEnd, i)));
    }
    return checked(references, number, unnamed);
  }

  /** The references; parameters as above. */
  static List<ReferenceZone> checked(List<ReferenceZone> references, long number, long unnamed)
      throws IOException {
    long left = number;
    for (ReferenceZone each : references) {
      left -= each.rows();
      if (each.rows() < 1 || left < 0 || each.minPos() > each.maxPos()) {
        throw new IOException("reference " + each + " in " + number + " rows");
      }
    }
    if (unnamed != ColumnZone.UNKNOWN && left != unnamed) {
      throw new IOException(left + " rows without a reference, and " + unnamed + " nulls");
    }
    return references;
  }

  private static long position(TableColumn column, int row) {
    return ZoneTableReader.isKnown(column, row) ? column.integer(row) : ReferenceZone.UNKNOWN;
  }
}
