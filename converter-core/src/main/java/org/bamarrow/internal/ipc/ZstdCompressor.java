package org.bamarrow.internal.ipc;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/** Zstandard frames (RFC 8878) with the content size and no checksum. */
final class ZstdCompressor implements BufferCompressor {
  private final ZstdCompressCtx context = new ZstdCompressCtx();

  /** Null if every buffer is compressed at one level. */
  private final Int32Frames integers;

  private ZstdParameters applied;

  /**
   * @param level level for every buffer; 0: parameters by the kind of the buffer
   */
  ZstdCompressor(int level) {
    context.setLevel(level == 0 ? ZstdParameters.BASE_LEVEL : level);
    integers = level == 0 ? new Int32Frames() : null;
  }

  @Override
  public CodecType codec() {
    return CodecType.ZSTD;
  }

  @Override
  public long bound(int size) {
    return Zstd.compressBound(size);
  }

  @Override
  public int compress(BufferKind kind, int rows, ByteBuffer source, ByteBuffer target) {
    if (integers != null) {
      if (kind == BufferKind.INT32 && integers.suits(source)) {
        return integers.compress(source, target);
      }
      apply(ZstdParameters.of(kind, rows, source));
    }
    return context.compressDirectByteBuffer(
        target, 0, target.capacity(), source, 0, source.capacity());
  }

  private void apply(ZstdParameters parameters) {
    if (parameters != applied) {
      parameters.applyTo(context);
      applied = parameters;
    }
  }

  @Override
  public void close() {
    context.close();
    if (integers != null) {
      integers.close();
    }
  }
}
