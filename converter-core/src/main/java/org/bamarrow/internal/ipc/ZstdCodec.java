package org.bamarrow.internal.ipc;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/** Zstandard frames (RFC 8878) by zstd-jni. Keeps no native memory between two calls. */
final class ZstdCodec extends BufferCodec {
  /** Of uncompressed to compressed bytes; above it a claim is proved before it is believed. */
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
  void check(ByteBuffer source, int size) {
    long told = Zstd.getDirectByteBufferFrameContentSize(source, 0, source.capacity());
    if (told > 0 && told != size) { // 0 and below: the frame does not tell, or is broken
      throw broken("its ZSTD frame holds " + told + " bytes, not the stated " + size);
    }
    if (size / USUAL_RATIO > source.capacity()) {
      requireBytes(source, size);
    }
  }

  /**
   * ZSTD has no best ratio that bounds what a few bytes can claim. Past the usual ones the frame is
   * run through a small buffer first, so that memory is taken for bytes that are really in it.
   */
  private static void requireBytes(ByteBuffer source, int size) {
    ByteBuffer piece = ByteBuffer.allocateDirect(1 << 17);
    ByteBuffer rest = source.duplicate();
    long bytes = 0;
    try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
      boolean ended = false;
      while (!ended && bytes <= size) {
        piece.clear();
        ended = context.decompressDirectByteBufferStream(piece, rest);
        bytes += piece.position();
        if (!ended && piece.position() == 0 && !rest.hasRemaining()) {
          throw broken("its ZSTD frame is cut short");
        }
      }
    } catch (ZstdException e) {
      throw broken("ZSTD says: " + e.getMessage());
    }
    if (bytes != size) {
      throw broken("it decompresses to " + bytes + " bytes or more, not the stated " + size);
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
      throw broken("ZSTD says: " + e.getMessage());
    }
    if (written != target.capacity()) {
      throw broken("it decompresses to " + written + " bytes, not the stated " + target.capacity());
    }
  }
}
