package org.bamarrow.internal.parts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;
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
 * Arrow client can look up which parts and batches to read. It is made before the manifest, which
 * has its length and checksum, and written after it, so that it may be missing or older: readers
 * ignore one that the manifest does not describe. Nothing is known of parts without rows.
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
   * The bytes of the file; null if nothing is known of any part, or the file cannot be made, which
   * is logged: an error would make users repeat a job that has succeeded.
   *
   * @param before the manifest that is there, or none
   * @param manifest will be published
   * @param written the parts of the job; rows of other parts of the manifest are kept
   */
  static byte[] make(
      PartStore store, Optional<Manifest> before, Manifest manifest, List<WrittenPart> written) {
    try {
      return new BatchesFile(store).make(before.orElse(null), manifest, written);
    } catch (IOException | RuntimeException e) {
      warn(store, e);
      return null;
    }
  }

  private static void warn(PartStore store, Exception e) {
    LoggerFactory.getLogger(BatchesFile.class)
        .warn(
            "{}: is complete, but {} could not be written, so that queries read more than they"
                + " need: {}",
            store.name(),
            PartNames.BATCHES,
            e.getMessage());
  }

  /**
   * Writes the file once the manifest is there; a failure is logged.
   *
   * @param content null: an older file is deleted
   */
  static void publish(PartStore store, byte[] content) {
    try {
      if (content == null) {
        store.delete(PartNames.BATCHES);
      } else {
        store.publish(PartNames.BATCHES, content, true, () -> {});
      }
    } catch (IOException | RuntimeException e) {
      warn(store, e);
    }
  }

  /** What the manifest says of the file; null without one. */
  static Manifest.Batches inManifest(byte[] content) {
    if (content == null) {
      return null;
    }
    CRC32 crc = new CRC32();
    crc.update(content);
    return new Manifest.Batches(content.length, Part.hex(crc));
  }

  private byte[] make(Manifest before, Manifest manifest, List<WrittenPart> written)
      throws IOException {
    Set<String> kept = new HashSet<>();
    manifest.parts().stream().map(Part::name).forEach(kept::add);
    written.forEach(part -> kept.remove(part.part().name()));
    byte[] there = kept.isEmpty() ? null : read(before);
    List<byte[]> tables =
        written.stream().map(WrittenPart::zones).filter(Objects::nonNull).toList();
    if (tables.isEmpty()) {
      return there;
    }
    try (IpcBatches first = ZoneTable.open(tables.get(0))) {
      schema = first.schema();
    }
    output.start(() -> IpcSchema.of(schema));
    if (there != null) {
      keep(kept, there);
    }
    for (byte[] table : tables) {
      add(table);
    }
    if (bytes.size() > MAX_BYTES) {
      throw new IOException("it would have " + bytes.size() + " bytes");
    }
    output.finish();
    return bytes.toByteArray();
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
  private void keep(Set<String> parts, byte[] there) {
    try (BufferAllocator allocator = new RootAllocator()) {
      keep(parts, there, allocator);
    } catch (IOException | RuntimeException e) {
      warnOfOld(e.getMessage());
    }
  }

  private void warnOfOld(String problem) {
    LoggerFactory.getLogger(BatchesFile.class)
        .warn("{}: {} is made anew: {}", store.name(), PartNames.BATCHES, problem);
  }

  /**
   * The file that is there; null if it is not one of its manifest.
   *
   * @param before its manifest, or null
   */
  private byte[] read(Manifest before) throws IOException {
    if (before == null || !store.isFile(PartNames.BATCHES)) {
      return null;
    }
    try (ByteSource source = store.open(PartNames.BATCHES)) {
      String problem =
          source.size() > MAX_BYTES
              ? "it has " + source.size() + " bytes"
              : before.batches() == null ? null : before.batches().problem(source);
      byte[] there = problem == null ? new byte[(int) source.size()] : null;
      if (problem == null && source.read(0, there, 0, there.length) < there.length) {
        problem = "it became shorter while it was read";
      }
      if (problem != null) {
        warnOfOld(problem);
        return null;
      }
      return there;
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
