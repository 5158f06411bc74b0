package org.bamarrow.internal.ipc;

import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.bamarrow.convert.Compression;

/**
 * A record batch message in a file or stream.
 *
 * @param offset 0-based, of its first byte
 * @param metadata bytes before the body
 * @param body bytes of the body
 * @param codec Arrow's id; -1: not compressed
 * @param current whether its metadata version is V5 (Arrow 1.0) or newer
 */
public record StoredBatch(long offset, int metadata, long body, byte codec, boolean current) {

  /** The compression of its buffers. */
  public Compression compression() {
    return switch (codec) {
      case CompressionType.LZ4_FRAME -> Compression.LZ4;
      case CompressionType.ZSTD -> Compression.ZSTD;
      default -> Compression.NONE;
    };
  }

  /** Whether the message can be copied to another file as it is. */
  public boolean isCopyable() {
    return isCopyable(current, offset, metadata, body);
  }

  static boolean isCopyable(boolean current, long offset, long metadata, long body) {
    return current && ((offset | metadata | body) & 7) == 0;
  }

  /** The message as an entry of a footer. */
  public ArrowBlock block() {
    return new ArrowBlock(offset, metadata, body);
  }
}
