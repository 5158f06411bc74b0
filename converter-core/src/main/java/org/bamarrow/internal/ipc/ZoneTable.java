package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneTest;
import org.bamarrow.io.ByteSource;

/**
 * A zone map as a table in the Arrow format, which any Arrow client can read: one row for each
 * zone. {@code docs/schema.md} describes the columns.
 */
public final class ZoneTable {
  /** Key of the footer's metadata: an Arrow IPC stream in Base64. */
  public static final String KEY = "bamarrow.batches";

  /** The column with the name of the file, in a table of several files. */
  public static final String PART = "part";

  /** Maximum bytes of a zone map that are read at once, as a request costs more. */
  private static final int AT_ONCE = 1 << 20;

  static final String BATCH = "batch";
  static final String BATCHES = "batches";
  static final String OFFSET = "offset";
  static final String LENGTH = "length";
  static final String ROWS = "rows";
  static final String BYTES = "bytes";
  static final String FIRST_VOFFSET = "first_voffset";
  static final String LAST_VOFFSET = "last_voffset";
  static final String SORTED = "sorted";
  static final String REFERENCES = "references";
  static final String STATISTICS = "statistics";
  static final String RNAME = "rname";
  static final String POS_MIN = "pos_min";
  static final String POS_MAX = "pos_max";
  static final String END_MAX = "end_max";
  static final String NULLS = "nulls";
  static final String MIN = "min";
  static final String MAX = "max";
  static final String AND = "and";
  static final String OR = "or";

  private ZoneTable() {}

  /**
   * The table as an Arrow IPC stream or, with the name of a file, as an Arrow IPC file.
   *
   * @param part name of the file, for a table of several files, or null
   * @param zones of the file, at least one
   * @param blocks the record batches of the file
   */
  public static byte[] write(
      String part, ZoneColumns columns, List<Zone> zones, List<ArrowBlock> blocks)
      throws IOException {
    return ZoneTableWriter.write(part, columns, zones, blocks);
  }

  /**
   * Opens a table that {@link #write} has made.
   *
   * @return the table, to be closed by the caller
   */
  public static IpcBatches open(byte[] table) throws IOException {
    return IpcBatches.open(new Bytes("the zone map", table));
  }

  /** The metadata of a footer with a table. */
  public static Map<String, String> metadata(byte[] stream) {
    byte[] text = Base64.getEncoder().encode(stream);
    return Map.of(KEY, new String(text, StandardCharsets.ISO_8859_1));
  }

  /**
   * The zones of a file, from the metadata of its footer.
   *
   * @param value of {@link #KEY}
   * @param fields columns of the file
   * @param batches the batches of the file
   * @throws IOException if they are not valid
   */
  static List<Zone> read(ByteSource value, List<Field> fields, List<FileFooter.Block> batches)
      throws IOException {
    return read(value, fields, batches, null);
  }

  /**
   * As above, with the statistics that a test needs only.
   *
   * @param test null: all statistics
   */
  static List<Zone> read(
      ByteSource value, List<Field> fields, List<FileFooter.Block> batches, ZoneTest test)
      throws IOException {
    List<Zone> zones = new ArrayList<>();
    ZoneColumns columns = ZoneColumns.of(fields, true);
    new ZoneTableReader(source(value, "the zone map"), columns, test).read(batches, zones::add);
    return zones;
  }

  /**
   * The table in the metadata of a footer, as an Arrow IPC stream.
   *
   * @param value of {@link #KEY}
   * @param name for messages
   * @throws IOException if it is not Base64
   */
  static ByteSource source(ByteSource value, String name) throws IOException {
    ByteSource text = value;
    if (value.size() <= AT_ONCE) {
      byte[] all = new byte[(int) value.size()];
      value.read(0, all, 0, all.length);
      text = bytes(name, all);
    }
    return Base64Source.of(name, text);
  }

  /** Bytes in memory. */
  public static ByteSource bytes(String name, byte[] bytes) {
    return new Bytes(name, bytes);
  }

  /** A table in memory. */
  private record Bytes(String name, byte[] bytes) implements ByteSource {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) {
      int count = (int) Math.max(0, Math.min(length, bytes.length - position));
      if (count > 0) {
        System.arraycopy(bytes, (int) position, target, offset, count);
      }
      return count;
    }

    @Override
    public void close() {}
  }
}
