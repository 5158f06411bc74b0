package org.bamarrow.internal.parts;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.bamarrow.internal.engine.PartsSchema;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneMap;
import org.bamarrow.io.ByteSource;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartStore;

/**
 * One Arrow IPC file out of a complete directory: the record batches are copied in the manifest's
 * order unchanged, compressed or not, and a footer is written anew. Nothing is decoded; every
 * part's checksum is compared on the way.
 */
public final class PartsConcat {
  private static final int BUFFER_BYTES = 1 << 20;

  private PartsConcat() {}

  /**
   * Appends the parts to one another.
   *
   * @param store directory of parts
   * @param output takes the record batches
   * @throws IOException if there is no manifest, or a part is not the one that was written
   */
  public static void concat(PartStore store, IpcOutput output) throws IOException {
    Manifest manifest = Manifest.read(store);
    manifest.requireNoPartitionColumns(store.name());
    output.keepZones(new ZoneMap(ZoneColumns.of(manifest.arrowSchema().getFields(), true)));
    output.start(() -> PartsSchema.of(store, manifest));
    for (Part part : manifest.parts()) {
      List<ArrowBlock> batches;
      List<Zone> zones;
      try (IpcBatches reader = IpcBatches.open(store.open(part.name()))) {
        batches = reader.blocks();
        zones = reader.zones().all();
      }
      if (zones != null && manifest.inputs().size() > 1) { // as of one conversion of all inputs
        zones = zones.stream().map(Zone::withoutVoffsets).toList();
      }
      try (ByteSource source = store.open(part.name())) {
        output.append(batches, part.rows(), zones, target -> copy(source, part, batches, target));
      }
    }
    output.finish();
  }

  /** Reads the part to its end for the checksum and copies the bytes of its record batches. */
  private static void copy(
      ByteSource source, Part part, List<ArrowBlock> batches, WritableByteChannel target)
      throws IOException {
    long from = batches.isEmpty() ? 0 : batches.get(0).getOffset();
    long to = from;
    for (ArrowBlock batch : batches) {
      if (batch.getOffset() != to) {
        throw new IOException(source.name() + ": its record batches are not contiguous");
      }
      to += batch.getMetadataLength() + batch.getBodyLength();
    }
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[BUFFER_BYTES];
    for (long at = 0; at < part.bytes(); ) {
      int length = source.read(at, buffer, 0, (int) Math.min(buffer.length, part.bytes() - at));
      if (length == 0) {
        throw new EOFException(source.name() + ": became shorter while it was read");
      }
      crc.update(buffer, 0, length);
      int first = (int) Math.max(0, Math.min(length, from - at));
      int last = (int) Math.max(0, Math.min(length, to - at));
      target.write(ByteBuffer.wrap(buffer, first, last - first));
      at += length;
    }
    if (!Part.hex(crc).equals(part.crc32())) {
      throw new IOException(
          source.name() + ": is not the part that was written, its CRC-32 differs; convert again");
    }
  }
}
