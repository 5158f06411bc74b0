package org.bamarrow.internal.parts;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.Format;
import org.bamarrow.internal.ipc.IpcBatches;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.ipc.StreamOutput;
import org.bamarrow.internal.ipc.ZoneTable;
import org.bamarrow.io.ByteSource;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;
import org.bamarrow.parts.PartStore;
import org.slf4j.LoggerFactory;

/**
 * The file {@value PartNames#BATCHES}: the zone maps of all parts as one Arrow table, in which any
 * Arrow client can look up which parts and batches to read. It is written after the manifest, and
 * may be missing or older: rows of parts that the manifest does not name do not count, and nothing
 * is known of parts without rows.
 */
final class BatchesFile {
  /** Rows of the table that the parts share. */
  private static final int MAX_ROWS = 1 << 16;

  private static final int MIN_ROWS_OF_PART = 4;
  private static final int WRITE_BYTES = 1 << 20;

  /** Many appends may add up to more rows than a job writes. */
  private static final int MAX_BYTES = 1 << 28;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final IpcOutput output =
      new StreamOutput(Channels.newChannel(bytes), WRITE_BYTES, Format.FILE);
  private final PartStore store;
  private Schema schema;

  private BatchesFile(PartStore store) {
    this.store = store;
  }

  /** Maximum rows of a part, for so many parts. */
  static int rowsOfPart(int parts) {
    return Math.max(MIN_ROWS_OF_PART, MAX_ROWS / Math.max(1, parts));
  }

  /**
   * As {@link #write}; if that fails, the directory is complete without the file, which is logged.
   * An error would make users repeat a job that has succeeded.
   */
  static void writeIfPossible(PartStore store, Manifest manifest, List<WrittenPart> written) {
    try {
      write(store, manifest, written);
    } catch (IOException | RuntimeException e) {
      LoggerFactory.getLogger(BatchesFile.class)
          .warn(
              "{}: is complete, but {} could not be written, so that queries read more than they"
                  + " need: {}",
              store.name(),
              PartNames.BATCHES,
              e.getMessage());
    }
  }

  /**
   * Writes the file, or deletes it if nothing is known of any part.
   *
   * @param manifest is published
   * @param written the parts of the job; rows of other parts of the manifest are kept
   */
  static void write(PartStore store, Manifest manifest, List<WrittenPart> written)
      throws IOException {
    Set<String> kept = new HashSet<>();
    manifest.parts().stream().map(Part::name).forEach(kept::add);
    written.forEach(part -> kept.remove(part.part().name()));
    List<byte[]> tables =
        written.stream().map(WrittenPart::zones).filter(Objects::nonNull).toList();
    if (tables.isEmpty()) {
      if (kept.isEmpty()) {
        store.delete(PartNames.BATCHES);
      }
      return;
    }
    BatchesFile file = new BatchesFile(store);
    try (IpcBatches first = ZoneTable.open(tables.get(0))) {
      file.schema = first.schema();
    }
    file.output.start(() -> IpcSchema.of(file.schema));
    if (!kept.isEmpty()) {
      file.keep(kept);
    }
    for (byte[] table : tables) {
      file.add(table);
    }
    if (file.bytes.size() > MAX_BYTES) {
      store.delete(PartNames.BATCHES);
      throw new IOException("it would have " + file.bytes.size() + " bytes");
    }
    file.output.finish();
    store.publish(PartNames.BATCHES, file.bytes.toByteArray(), true, () -> {});
  }

  private void add(byte[] table) throws IOException {
    List<ArrowBlock> blocks;
    try (IpcBatches batches = ZoneTable.open(table)) {
      blocks = batches.blocks();
    }
    for (ArrowBlock block : blocks) {
      copy(table, block);
    }
  }

  private void copy(byte[] table, ArrowBlock block) throws IOException {
    int at = Math.toIntExact(block.getOffset());
    int length = Math.toIntExact(block.getMetadataLength() + block.getBodyLength());
    output.append(
        List.of(block), 0, null, target -> target.write(ByteBuffer.wrap(table, at, length)));
  }

  /** Copies the rows of parts that an earlier job has written. */
  private void keep(Set<String> parts) throws IOException {
    if (!store.isFile(PartNames.BATCHES)) {
      return;
    }
    try (BufferAllocator allocator = new RootAllocator()) {
      keep(parts, read(store), allocator);
    } catch (IOException | RuntimeException e) {
      LoggerFactory.getLogger(BatchesFile.class)
          .warn("{}: {} is made anew: {}", store.name(), PartNames.BATCHES, e.getMessage());
    }
  }

  private static byte[] read(PartStore store) throws IOException {
    try (ByteSource source = store.open(PartNames.BATCHES)) {
      if (source.size() > MAX_BYTES) {
        throw new IOException("it has " + source.size() + " bytes");
      }
      byte[] bytes = new byte[(int) source.size()];
      if (source.read(0, bytes, 0, bytes.length) < bytes.length) {
        throw new EOFException("it became shorter while it was read");
      }
      return bytes;
    }
  }

  private void keep(Set<String> parts, byte[] before, BufferAllocator allocator)
      throws IOException {
    try (IpcBatches batches = ZoneTable.open(before)) {
      if (!batches.schema().equals(schema)) {
        return;
      }
      batches.select(List.of(ZoneTable.PART), 0, Long.MAX_VALUE, allocator);
      for (ArrowBlock block : batches.blocks()) {
        if (!batches.next()) {
          return;
        }
        boolean wanted =
            batches.root().getRowCount() > 0
                && parts.contains(batches.root().getVector(0).getObject(0).toString());
        if (wanted) {
          copy(before, block);
        }
      }
    }
  }
}
