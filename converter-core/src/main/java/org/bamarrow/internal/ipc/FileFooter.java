package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.KeyValue;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneTest;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.Interrupts;
import org.slf4j.LoggerFactory;

/**
 * The footer of a file: the schema and the locations of the batches, which are within the file.
 *
 * @param schema the schema of all batches
 * @param dictionaries the dictionary batches, in the order in which they are applied
 * @param batches the record batches, in the order of the rows
 * @param zones the value of {@link ZoneTable#KEY} in the metadata, read when it is used; null if
 *     there is none
 */
record FileFooter(
    IpcSchema schema, List<Block> dictionaries, List<Block> batches, ByteSource zones) {
  /** Maximum number of keys that are searched for ours; texts of a flatbuffer may share bytes. */
  private static final int MAX_KEYS = 64;

  /**
   * The location of a message.
   *
   * @param offset 0-based file offset of the message
   * @param metadata bytes of the message before its body
   * @param body bytes of the body
   */
  record Block(long offset, int metadata, long body) {}

  /**
   * Reads the footer.
   *
   * @throws IOException if the footer is missing
   * @throws IllegalArgumentException (or another runtime exception of flatbuffers) if the footer is
   *     invalid
   */
  static FileFooter read(IpcMessages messages) throws IOException {
    FooterBytes bytes = new FooterBytes(messages);
    try {
      Footer footer = bytes.withoutZones();
      ByteSource zones = bytes.zones();
      if (zones != null) {
        return read(footer, zones, messages);
      }
    } catch (RuntimeException e) { // it is invalid, or refers to what comes after the zone map
      return read(bytes.whole(), null, messages);
    }
    return read(bytes.whole(), null, messages);
  }

  /**
   * @param apart the zone map; null: it is among the metadata, if there is one
   */
  private static FileFooter read(Footer footer, ByteSource apart, IpcMessages messages) {
    if (footer.schema() == null) {
      throw new IllegalArgumentException("the footer has no schema");
    }
    IpcSchema schema = SchemaReader.read(footer.schema(), footer.getByteBuffer().limit());
    long left = messages.end();
    List<Block> dictionaries = new ArrayList<>();
    for (int i = 0; i < footer.dictionariesLength(); i++) {
      left = add(footer.dictionaries(i), left, messages.end(), dictionaries);
    }
    List<Block> batches = new ArrayList<>();
    for (int i = 0; i < footer.recordBatchesLength(); i++) {
      left = add(footer.recordBatches(i), left, messages.end(), batches);
    }
    return new FileFooter(schema, dictionaries, batches, apart == null ? zones(footer) : apart);
  }

  /**
   * What is known of the record batches; null without a zone map, and for one that is not valid,
   * which is logged.
   *
   * @param name of the file
   * @throws InterruptedIOException if the thread is interrupted
   */
  List<Zone> zoneMap(String name) throws InterruptedIOException {
    return zoneMap(name, null);
  }

  /**
   * As {@link #zoneMap(String)}, with the statistics that a test needs only.
   *
   * @param test null: all statistics
   */
  List<Zone> zoneMap(String name, ZoneTest test) throws InterruptedIOException {
    if (zones == null) {
      return batches.isEmpty() ? List.of() : null;
    }
    try {
      return ZoneTable.read(zones, schema.fields(), batches, test);
    } catch (IOException | RuntimeException e) {
      Interrupts.rethrow("interrupted while a zone map was read", e);
      LoggerFactory.getLogger(FileFooter.class)
          .warn("{}: the zone map in its footer is ignored: {}", name, e.getMessage());
      return null;
    }
  }

  private static ByteSource zones(Footer footer) {
    for (int i = 0; i < Math.min(MAX_KEYS, footer.customMetadataLength()); i++) {
      KeyValue pair = footer.customMetadata(i);
      if (ZoneTable.KEY.equals(pair.key())) {
        ByteBuffer value = pair.valueAsByteBuffer();
        byte[] text = new byte[value.remaining()];
        value.get(text);
        return ZoneTable.bytes("the footer", text);
      }
    }
    return null;
  }

  /** Blocks do not overlap, so together they are no longer than the file. */
  private static long add(
      org.apache.arrow.flatbuf.Block block, long left, long end, List<Block> into) {
    long offset = block.offset();
    int metadata = block.metaDataLength();
    long body = block.bodyLength();
    if (offset < 0
        || metadata <= 0
        || body < 0
        || offset > end
        || metadata > end - offset
        || body > end - offset - metadata
        || metadata + body > left) {
      throw new IllegalArgumentException(
          String.format(
              "the footer has a batch with %d bytes of metadata and %d bytes of body at byte %d,"
                  + " but messages end at byte %d",
              metadata, body, offset, end));
    }
    into.add(new Block(offset, metadata, body));
    return left - metadata - body;
  }
}
