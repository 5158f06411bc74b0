package org.bamarrow.internal.ipc;

import java.nio.ByteBuffer;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/**
 * LZ4 frames (LZ4 Frame Format 1.6.x) with lz4-java: its native library, or Java if that cannot be
 * loaded.
 */
final class Lz4FrameCodec extends BufferCodec {
  static final int MAGIC = 0x184D2204;

  private final Lz4Compressor compressor = new Lz4Compressor();

  @Override
  public CodecType getCodecType() {
    return CodecType.LZ4_FRAME;
  }

  @Override
  long bound(int size) {
    return compressor.bound(size);
  }

  @Override
  int compress(ByteBuffer source, ByteBuffer target) {
    return compressor.compress(BufferKind.OTHER, 0, source, target);
  }

  static int blockSize(int code) {
    return 1 << 8 + 2 * code;
  }

  @Override
  void check(ByteBuffer source, int size) {
    if (size / 255 > source.capacity()) { // maximum compression ratio of the format
      throw broken(source.capacity() + " bytes of LZ4 cannot contain the declared " + size);
    }
  }

  @Override
  void decompress(ByteBuffer source, ByteBuffer target) {
    new Lz4FrameReader(source, target).read();
  }
}
