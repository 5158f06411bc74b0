package org.bamarrow.internal.ipc;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/** Zstandard frames (RFC 8878) with zstd-jni. Keeps no native memory between calls. */
final class ZstdCodec extends BufferCodec {
  /** Compression ratio above which the declared size is verified before memory is allocated. */
  private static final int USUAL_RATIO = 256;

  private final int level;

  ZstdCodec(int level) {
    this.level = level;
  }

  @Override
  public CodecType getCodecType() {
    return CodecType.ZSTD;
  }

  @Override
  long bound(int size) {
    return Zstd.compressBound(size);
  }

  @Override
  int compress(ByteBuffer source, ByteBuffer target) {
    return (int)
        Zstd.compressDirectByteBuffer(
            target, 0, target.capacity(), source, 0, source.capacity(), level);
  }

  @Override
  @SuppressWarnings("deprecation") // the newer method is not in zstd-jni 1.5.5 (Spark 3.5)
  void check(ByteBuffer source, int size) {
    long declared = Zstd.decompressedSize(source.duplicate().clear());
    if (declared > 0
        && declared != size) { // 0 and below: the size is unknown, or the frame is invalid
      throw broken("its ZSTD frame contains " + declared + " bytes, not the declared " + size);
    }
    if (size / USUAL_RATIO > source.capacity()) {
      requireBytes(source, size);
    }
  }

  /**
   * ZSTD has no maximum compression ratio. Above the usual ratios the frame is first decompressed
   * through a small buffer, so that memory is only allocated for bytes that it really contains.
   */
  private static void requireBytes(ByteBuffer source, int size) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 17);
    ByteBuffer rest = source.duplicate();
    long bytes = 0;
    try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
      boolean ended = false;
      while (!ended && bytes <= size) {
        buffer.clear();
        ended = context.decompressDirectByteBufferStream(buffer, rest);
        bytes += buffer.position();
        if (!ended && buffer.position() == 0 && !rest.hasRemaining()) {
          throw broken("truncated ZSTD frame");
        }
      }
    } catch (ZstdException e) {
      throw broken("ZSTD: " + e.getMessage());
    }
    if (bytes != size) {
      throw broken("it decompresses to " + bytes + " bytes or more, not the declared " + size);
    }
  }

  @Override
  void decompress(ByteBuffer source, ByteBuffer target) {
    long written;
    try {
      written =
          Zstd.decompressDirectByteBuffer(
              target, 0, target.capacity(), source, 0, source.capacity());
    } catch (ZstdException e) {
      throw broken("ZSTD: " + e.getMessage());
    }
    if (written != target.capacity()) {
      throw broken(
          "it decompresses to " + written + " bytes, not the declared " + target.capacity());
    }
  }
}
