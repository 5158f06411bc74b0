package org.bamarrow.internal.zone;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.bamarrow.internal.zone.ZoneColumns.Column;

/**
 * Makes the zones of record batches that are not compressed yet, from their buffers. Not
 * thread-safe: each worker has one.
 */
public final class ZoneBuilder {
  private static final List<String> POSITIONS = List.of("pos", "end");

  private final ZoneColumns columns;
  private final NumberBounds numbers = new NumberBounds();
  private final TextBounds texts = new TextBounds();
  private final ReferenceRuns references;
  private final int flag;

  public ZoneBuilder(ZoneColumns columns) {
    this.columns = columns;
    flag = columns.indexOf("flag", null);
    references = ReferenceRuns.of(columns);
  }

  /**
   * The zone of a batch, which stays the caller's.
   *
   * @param voffsets of its first and last record; null if they are not known
   */
  public Zone zone(ArrowRecordBatch batch, Zone.Voffsets voffsets) {
    if (batch.getBuffers().size() != columns.buffers()) {
      throw new IllegalArgumentException(
          batch.getBuffers().size() + " buffers for fields of " + columns.buffers());
    }
    int rows = batch.getLength();
    List<ColumnZone> zones = new ArrayList<>(columns.size());
    Zone.Flags flags = null;
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.columns().get(i);
      zones.add(zone(batch, column, rows));
      if (i == flag && column.kind() == ZoneColumns.Kind.INTEGER && column.bytes() < Long.BYTES) {
        flags = zones.get(i).bounds() == null ? Zone.Flags.NONE : numbers.flags();
      }
    }
    long bytes = 0;
    for (ArrowBuf buffer : batch.getBuffers()) {
      bytes += buffer.readableBytes();
    }
    boolean runs = references != null && hasPlaces(zones) && references.read(batch);
    return new Zone(
        1,
        rows,
        bytes,
        voffsets,
        zones,
        flags,
        runs ? references.zones() : null,
        runs && references.sorted());
  }

  /** Whether no position is the number that {@link ReferenceRuns} takes for null. */
  private boolean hasPlaces(List<ColumnZone> zones) {
    for (String name : POSITIONS) {
      int column = columns.indexOf(name, null);
      if (column >= 0
          && zones.get(column).bounds() instanceof ColumnZone.Numbers numbers
          && numbers.min() == Integer.MIN_VALUE) {
        return false;
      }
    }
    return true;
  }

  private ColumnZone zone(ArrowRecordBatch batch, Column column, int rows) {
    List<ArrowFieldNode> nodes = batch.getNodes();
    int nulls = nodes.get(column.node()).getNullCount();
    if (column.parent() >= 0 && nodes.get(column.parent()).getNullCount() > 0) {
      return ColumnZone.NOTHING; // values below a null do not count, and look like others
    }
    if (nulls == rows || column.kind() == ZoneColumns.Kind.NULLS) {
      return new ColumnZone(nulls, null);
    }
    ArrowBuf validity = nulls == 0 ? null : batch.getBuffers().get(column.buffer());
    ArrowBuf values = batch.getBuffers().get(column.buffer() + 1);
    ColumnZone.Bounds bounds =
        switch (column.kind()) {
          case INTEGER -> numbers.integers(values, validity, rows, column.bytes());
          case FLOAT -> numbers.floats(values, validity, rows, column.bytes());
          default ->
              texts.bounds(values, batch.getBuffers().get(column.buffer() + 2), validity, rows);
        };
    return new ColumnZone(nulls, bounds);
  }

  /** The buffer's bytes from {@code at} on; Arrow is little-endian. */
  static java.nio.ByteBuffer bytes(ArrowBuf buffer, long at, int length) {
    return buffer.nioBuffer(at, length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
