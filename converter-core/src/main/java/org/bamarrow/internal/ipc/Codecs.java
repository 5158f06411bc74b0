package org.bamarrow.internal.ipc;

import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.bamarrow.convert.Compression;

/**
 * The codecs for buffers in the body of Arrow record batches, over native libraries (Arrow's own
 * LZ4 codec is slow Java). Each worker thread makes its own.
 *
 * <p>The same input gives the same bytes as long as the libraries stay the same; LZ4's pure-Java
 * fallback packs a little differently from the native one.
 */
public final class Codecs implements CompressionCodec.Factory {
  /** For Arrow's readers and writers. */
  public static final CompressionCodec.Factory FACTORY = new Codecs();

  /** As Arrow C++ has it. */
  public static final int DEFAULT_ZSTD_LEVEL = 1;

  private Codecs() {}

  /**
   * A new codec for one thread.
   *
   * @param level of ZSTD; the others have none
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
      case ZSTD -> new ZstdCodec(DEFAULT_ZSTD_LEVEL);
    };
  }

  /**
   * @param level of ZSTD (1 to 22, below 0 faster ones)
   * @throws IllegalArgumentException for a codec that has no levels here
   */
  @Override
  public CompressionCodec createCodec(CodecType type, int level) {
    if (type == CodecType.ZSTD) {
      return new ZstdCodec(level);
    }
    throw new IllegalArgumentException("only ZSTD takes a compression level, not " + type);
  }
}
