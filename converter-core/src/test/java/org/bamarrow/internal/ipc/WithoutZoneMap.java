package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.bamarrow.io.FileByteSource;

/** The bytes that a file would have without the metadata of its footer. */
public final class WithoutZoneMap {
  private static final int MAGIC = 6;

  private WithoutZoneMap() {}

  /** The bytes of a file with another footer, or of a stream. */
  public static byte[] bytes(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<ArrowBlock> blocks;
    IpcSchema schema;
    try (IpcBatches batches = IpcBatches.open(new FileByteSource(file.toString(), file))) {
      if (batches.zones() == null) {
        return bytes;
      }
      blocks = batches.blocks();
      schema = IpcSchema.of(batches.schema());
    }
    int tail = bytes.length - MAGIC - 4;
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(tail);
    ByteBuffer footer = schema.footer(blocks, Map.of());
    int size = footer.remaining();
    ByteBuffer result =
        ByteBuffer.allocate(tail - length + size + 4 + MAGIC).order(ByteOrder.LITTLE_ENDIAN);
    result.put(bytes, 0, tail - length).put(footer).putInt(size);
    result.put(Arrays.copyOfRange(bytes, tail + 4, bytes.length));
    return result.array();
  }
}
