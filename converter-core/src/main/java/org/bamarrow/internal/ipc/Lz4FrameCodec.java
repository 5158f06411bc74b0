package org.bamarrow.internal.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHashFactory;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/**
 * LZ4 frames (LZ4 Frame Format 1.6.x) with lz4-java: its native library, or Java if that cannot be
 * loaded. Writes independent blocks of up to 4 MiB with the content size and no checksums.
 */
final class Lz4FrameCodec extends BufferCodec {
  static final int MAGIC = 0x184D2204;

  /** Version 1, independent blocks, content size present. */
  private static final int FLAGS = 0b0110_1000;

  private static final int HEADER = 4 + 2 + 8 + 1;
  private static final int BLOCK_SIZE = 4;
  private static final int STORED = 1 << 31;

  private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();

  @Override
  public CodecType getCodecType() {
    return CodecType.LZ4_FRAME;
  }

  @Override
  long bound(int size) {
    int block = blockSize(blockCode(size));
    long blocks = ((long) size + block - 1) / block;
    // A block that does not get smaller is stored, but the compressor needs the space to try.
    return HEADER
        + blocks * BLOCK_SIZE
        + size
        + (compressor.maxCompressedLength(block) - block)
        + 4;
  }

  @Override
  int compress(ByteBuffer source, ByteBuffer target) {
    target.order(ByteOrder.LITTLE_ENDIAN);
    int size = source.capacity();
    int code = blockCode(size);
    putHeader(target, code, size);
    int block = blockSize(code);
    for (int from = 0; from < size; from += block) {
      putBlock(source, from, Math.min(block, size - from), target);
    }
    return target.putInt(0).position(); // end mark
  }

  private static void putHeader(ByteBuffer target, int code, int size) {
    target.putInt(MAGIC).put((byte) FLAGS).put((byte) (code << 4)).putLong(size);
    int hash = XXHashFactory.fastestInstance().hash32().hash(target, 4, HEADER - 5, 0);
    target.put((byte) (hash >>> 8));
  }

  private void putBlock(ByteBuffer source, int from, int length, ByteBuffer target) {
    int at = target.position() + BLOCK_SIZE;
    int written = compressor.compress(source, from, length, target, at, target.capacity() - at);
    if (written < length) {
      target.putInt(written);
    } else {
      written = length;
      target.putInt(length | STORED).put(at, source, from, length);
    }
    target.position(at + written);
  }

  /** Code of the smallest block size for {@code size} bytes; 4 to 7 for 64 KiB to 4 MiB. */
  private static int blockCode(int size) {
    int code = 4;
    while (code < 7 && blockSize(code) < size) {
      code++;
    }
    return code;
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
