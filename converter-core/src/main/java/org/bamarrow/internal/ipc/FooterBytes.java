package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.arrow.flatbuf.Footer;

/**
 * The footer of a file, without the zone map if that comes last in it, as in files that bamarrow
 * converts: a zone map can be larger than the batches that are read. Used once.
 */
final class FooterBytes {
  /** Bytes that are read first; they have the location of the zone map. */
  private static final int FIRST = 1 << 16;

  /** Slot of the metadata in the table of the footer, and those of key and value in a pair. */
  private static final int METADATA = 4;

  private static final int KEY = 0;
  private static final int VALUE = 1;

  private final IpcMessages messages;
  private final int length;
  private ByteBuffer bytes;

  FooterBytes(IpcMessages messages) throws IOException {
    this.messages = messages;
    this.length = messages.findFooter();
    this.bytes = messages.bytes(messages.end(), Math.min(length, FIRST));
  }

  /** The footer; what refers to bytes of the zone map is out of bounds. */
  Footer withoutZones() throws IOException {
    int value = zoneMap();
    if (value < 0) {
      return whole();
    }
    read(value + Integer.BYTES);
    return Footer.getRootAsFooter(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
  }

  Footer whole() throws IOException {
    read(length);
    return Footer.getRootAsFooter(bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN));
  }

  /** The zone map that {@link #withoutZones} has left out; null if all has been read. */
  MessageText zones() {
    int value = zoneMap();
    int size = value < 0 || bytes.limit() < value + Integer.BYTES ? -1 : bytes.getInt(value);
    int begin = value + Integer.BYTES;
    return size < 0 || bytes.limit() == length || size > length - begin
        ? null
        : new MessageText(messages, messages.end() + begin, size);
  }

  private void read(int needed) throws IOException {
    int more = needed - bytes.limit();
    if (more <= 0) {
      return;
    }
    byte[] joined = new byte[needed];
    bytes.get(0, joined, 0, bytes.limit());
    messages.read(messages.end() + bytes.limit(), joined, bytes.limit(), more);
    bytes = ByteBuffer.wrap(joined).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Where the zone map starts, with its length in 4 bytes; -1 if that is not found. */
  private int zoneMap() {
    try {
      int pairs = reference(bytes.getInt(0), METADATA);
      if (pairs < 0 || bytes.getInt(pairs) != 1) {
        return -1;
      }
      int pair = pairs + Integer.BYTES + bytes.getInt(pairs + Integer.BYTES);
      int key = reference(pair, KEY);
      byte[] expected = ZoneTable.KEY.getBytes(StandardCharsets.UTF_8);
      boolean ours =
          key >= 0
              && bytes.getInt(key) == expected.length
              && bytes
                  .slice(key + Integer.BYTES, expected.length)
                  .equals(ByteBuffer.wrap(expected));
      int value = ours ? reference(pair, VALUE) : -1;
      return value <= length - Integer.BYTES ? value : -1;
    } catch (IndexOutOfBoundsException e) { // later in the footer
      return -1;
    }
  }

  /** The position to which a slot of a table refers; -1 if it is not set. */
  private int reference(int table, int slot) {
    int slots = table - bytes.getInt(table);
    int at = 2 * Short.BYTES + Short.BYTES * slot;
    int offset = at < bytes.getShort(slots) ? bytes.getShort(slots + at) : 0;
    return offset == 0 ? -1 : table + offset + bytes.getInt(table + offset);
  }
}
