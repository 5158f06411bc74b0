package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.io.FileByteSource;

/** Files with another footer. */
public final class OtherFooter {
  private static final int MAGIC = 6;

  private OtherFooter() {}

  /** The bytes that a file would have without the metadata of its footer, or those of a stream. */
  public static byte[] bytes(Path file) throws IOException {
    try (IpcBatches batches = open(file)) {
      return batches.zones().all() == null
          ? Files.readAllBytes(file)
          : withFooter(file, batches, Map.of());
    }
  }

  /** The bytes of a file with changed zones. */
  public static byte[] bytes(Path file, UnaryOperator<Zone> change) throws IOException {
    return bytes(file, ZoneFiles.read(file).zones().stream().map(change).toList());
  }

  /** The bytes of a file with other zones. */
  public static byte[] bytes(Path file, List<Zone> zones) throws IOException {
    try (IpcBatches batches = open(file)) {
      ZoneColumns columns = batches.zones().columns();
      byte[] table = ZoneTable.write(null, columns, zones, batches.blocks());
      return withFooter(file, batches, ZoneTable.metadata(table));
    }
  }

  /**
   * A file with 4 more bytes before its first batch.
   *
   * @param first offset of that batch
   * @param blocks where the batches are then
   */
  public static byte[] shifted(ZoneFiles file, byte[] bytes, int first, List<ArrowBlock> blocks)
      throws IOException {
    try (IpcBatches batches = open(file.file())) {
      ZoneColumns columns = batches.zones().columns();
      byte[] table = ZoneTable.write(null, columns, file.zones(), blocks);
      ByteBuffer footer = IpcSchema.of(batches.schema()).footer(blocks, ZoneTable.metadata(table));
      int size = footer.remaining();
      int tail = bytes.length - MAGIC - 4;
      int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(tail);
      ByteBuffer result =
          ByteBuffer.allocate(tail - length + 4 + size + 4 + MAGIC).order(ByteOrder.LITTLE_ENDIAN);
      result.put(bytes, 0, first).putInt(0).put(bytes, first, tail - length - first);
      result.put(footer).putInt(size);
      return result.put(Arrays.copyOfRange(bytes, tail + 4, bytes.length)).array();
    }
  }

  private static IpcBatches open(Path file) throws IOException {
    return IpcBatches.open(new FileByteSource(file.toString(), file));
  }

  private static byte[] withFooter(Path file, IpcBatches batches, Map<String, String> metadata)
      throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<ArrowBlock> blocks = batches.blocks();
    int tail = bytes.length - MAGIC - 4;
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(tail);
    ByteBuffer footer = IpcSchema.of(batches.schema()).footer(blocks, metadata);
    int size = footer.remaining();
    ByteBuffer result =
        ByteBuffer.allocate(tail - length + size + 4 + MAGIC).order(ByteOrder.LITTLE_ENDIAN);
    result.put(bytes, 0, tail - length).put(footer).putInt(size);
    result.put(Arrays.copyOfRange(bytes, tail + 4, bytes.length));
    return result.array();
  }
}
