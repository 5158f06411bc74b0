package org.bamarrow.internal.zone;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.bamarrow.internal.zone.ZoneColumns.Column;

/**
 * The rows of a batch by reference name: runs of equal names are found by comparing pieces of the
 * text with themselves, shifted by one name. Not thread-safe.
 */
final class ReferenceRuns {
  /** Rows compared at a time. */
  private static final int STEP = 64;

  /** A batch with more runs than this, and than one of 32 rows, is not worth it. */
  private static final int MAX_RUNS = 128;

  private final Column name;

  /** Null if the schema has none. */
  private final Column pos;

  private final Column end;

  private int rows;
  private int[] offsets = new int[0];
  private int[] positions = new int[0];
  private int[] ends = new int[0];
  private byte[] text = new byte[0];
  private byte[] valid = new byte[0];
  private final List<ReferenceZone> zones = new ArrayList<>();
  private boolean sorted;

  private ReferenceRuns(Column name, Column pos, Column end) {
    this.name = name;
    this.pos = pos;
    this.end = end;
  }

  /** Null if the columns have no {@code rname}. */
  static ReferenceRuns of(ZoneColumns columns) {
    Column name = column(columns, "rname");
    return name == null || !(name.field().getType() instanceof ArrowType.Utf8)
        ? null
        : new ReferenceRuns(name, int32(columns, "pos"), int32(columns, "end"));
  }

  private static Column column(ZoneColumns columns, String name) {
    int index = columns.indexOf(name, null);
    return index < 0 ? null : columns.columns().get(index);
  }

  private static Column int32(ZoneColumns columns, String name) {
    Column column = column(columns, name);
    boolean fits =
        column != null && column.kind() == ZoneColumns.Kind.INTEGER && column.bytes() == 4;
    return fits ? column : null;
  }

  /** The references of the batch read last. */
  List<ReferenceZone> zones() {
    return List.copyOf(zones);
  }

  boolean sorted() {
    return sorted;
  }

  /**
   * Reads a batch; false if it has too many runs of names, of which nothing is kept.
   *
   * @param batch without positions of {@code Integer.MIN_VALUE}
   */
  boolean read(ArrowRecordBatch batch) {
    rows = batch.getLength();
    zones.clear();
    sorted = pos != null;
    load(batch);
    int runs = 0;
    boolean unnamed = false;
    for (int row = 0; row < rows; ) {
      if (!isValid(row)) {
        unnamed = true;
        row++;
        continue;
      }
      int to = endOfRun(row);
      sorted &= !unnamed;
      add(row, to);
      row = to;
      runs++;
      if (zones.size() > Zone.MAX_REFERENCES || runs > Math.max(MAX_RUNS, rows / 32)) {
        return false;
      }
    }
    return true;
  }

  private void load(ArrowRecordBatch batch) {
    List<ArrowBuf> buffers = batch.getBuffers();
    if (offsets.length <= rows) {
      offsets = new int[rows + 1];
      positions = new int[rows];
      ends = new int[rows];
    }
    if (rows == 0) {
      return;
    }
    ZoneBuilder.bytes(buffers.get(name.buffer() + 1), 0, 4 * (rows + 1))
        .asIntBuffer()
        .get(offsets, 0, rows + 1);
    int bytes = offsets[rows];
    if (text.length < bytes) {
      text = new byte[bytes];
    }
    if (bytes > 0) {
      ZoneBuilder.bytes(buffers.get(name.buffer() + 2), 0, bytes).get(text, 0, bytes);
    }
    boolean nulls = batch.getNodes().get(name.node()).getNullCount() > 0;
    valid = nulls ? validity(buffers.get(name.buffer())) : null;
    load(batch, pos, positions);
    load(batch, end, ends);
  }

  /** Nulls become {@code Integer.MIN_VALUE}. */
  private void load(ArrowRecordBatch batch, Column column, int[] into) {
    if (column == null) {
      Arrays.fill(into, 0, rows, Integer.MIN_VALUE);
      return;
    }
    List<ArrowBuf> buffers = batch.getBuffers();
    ZoneBuilder.bytes(buffers.get(column.buffer() + 1), 0, 4 * rows)
        .asIntBuffer()
        .get(into, 0, rows);
    if (batch.getNodes().get(column.node()).getNullCount() > 0) {
      byte[] bits = validity(buffers.get(column.buffer()));
      for (int i = 0; i < rows; i++) {
        if ((bits[i >> 3] >> (i & 7) & 1) == 0) {
          into[i] = Integer.MIN_VALUE;
        }
      }
    }
  }

  private byte[] validity(ArrowBuf buffer) {
    byte[] bits = new byte[rows + 7 >> 3];
    ZoneBuilder.bytes(buffer, 0, bits.length).get(bits);
    return bits;
  }

  private boolean isValid(int row) {
    return valid == null || (valid[row >> 3] >> (row & 7) & 1) != 0;
  }

  /** The row after the last one of the run that starts at {@code first}. */
  private int endOfRun(int first) {
    int length = offsets[first + 1] - offsets[first];
    int to = first + 1;
    while (to < rows) {
      int most = Math.min(rows, to + STEP);
      int same = to;
      while (same < most && offsets[same + 1] - offsets[same] == length && isValid(same)) {
        same++;
      }
      int from = offsets[to];
      int limit = offsets[same];
      int differs = Arrays.mismatch(text, from, limit, text, from - length, limit - length);
      int equal = differs < 0 || length == 0 ? same : to + differs / length;
      if (equal < most) {
        return equal;
      }
      to = equal;
    }
    return to;
  }

  private void add(int from, int to) {
    long minPos = Long.MAX_VALUE;
    long maxPos = ReferenceZone.UNKNOWN;
    long maxEnd = ReferenceZone.UNKNOWN;
    boolean ascending = true;
    int before = Integer.MIN_VALUE;
    for (int row = from; row < to; row++) {
      int at = positions[row];
      ascending &= at >= before && at != Integer.MIN_VALUE;
      before = at;
      if (at != Integer.MIN_VALUE) {
        minPos = Math.min(minPos, at);
        maxPos = Math.max(maxPos, at);
      }
      if (ends[row] != Integer.MIN_VALUE) {
        maxEnd = Math.max(maxEnd, ends[row]);
      }
    }
    sorted &= ascending;
    ReferenceZone run =
        new ReferenceZone(
            Arrays.copyOfRange(text, offsets[from], offsets[from + 1]),
            to - from,
            maxPos == ReferenceZone.UNKNOWN ? ReferenceZone.UNKNOWN : minPos,
            maxPos,
            maxEnd);
    for (int i = 0; i < zones.size(); i++) {
      if (zones.get(i).isNamed(text, offsets[from], offsets[from + 1])) {
        zones.set(i, zones.get(i).plus(run));
        sorted = false;
        return;
      }
    }
    zones.add(run);
  }
}
