package org.bamarrow.internal.ipc;

import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.bamarrow.convert.Compression;

/**
 * The codecs for buffers in the body of Arrow record batches, based on native libraries (Arrow's
 * own LZ4 codec is slow Java code). A codec is not thread-safe: each worker creates its own.
 *
 * <p>Equal input gives equal bytes with the same library versions; the pure-Java fallback of LZ4
 * gives slightly different bytes than the native library.
 */
public final class Codecs implements CompressionCodec.Factory {
  /** For Arrow's readers and writers. */
  public static final CompressionCodec.Factory FACTORY = new Codecs(Codecs.DEFAULT_ZSTD_LEVEL);

  /** The default of Arrow C++. */
  public static final int DEFAULT_ZSTD_LEVEL = 1;

  private final int zstdLevel;

  private Codecs(int zstdLevel) {
    this.zstdLevel = zstdLevel;
  }

  /** A factory whose ZSTD codecs have this level: Arrow 12 cannot ask for one. */
  public static CompressionCodec.Factory withZstdLevel(int level) {
    return new Codecs(level);
  }

  /**
   * A new codec for one thread.
   *
   * @param level compression level of ZSTD; ignored by other codecs
   */
  public static CompressionCodec create(Compression compression, int level) {
    return switch (compression) {
      case NONE -> NoCompressionCodec.INSTANCE;
      case LZ4 -> new Lz4FrameCodec();
      case ZSTD -> new ZstdCodec(level);
    };
  }

  @Override
  public CompressionCodec createCodec(CodecType type) {
    return switch (type) {
      case NO_COMPRESSION -> NoCompressionCodec.INSTANCE;
      case LZ4_FRAME -> new Lz4FrameCodec();
      case ZSTD -> new ZstdCodec(zstdLevel);
    };
  }

  /**
   * @param level compression level of ZSTD: 1 to 22, or negative for faster ones
   * @throws IllegalArgumentException for a codec without levels
   */
  @Override
  public CompressionCodec createCodec(CodecType type, int level) {
    if (type == CodecType.ZSTD) {
      return new ZstdCodec(level);
    }
    throw new IllegalArgumentException("only ZSTD has a compression level, not " + type);
  }
}
