package org.bamarrow.ipc;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.nio.ByteBuffer;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/** Zstandard frames (RFC 8878) by zstd-jni. Keeps no native memory between two calls. */
final class ZstdCodec extends BufferCodec {
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
