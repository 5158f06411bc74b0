package org.bamarrow.internal.ipc;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.xxhash.XXHashFactory;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/** LZ4 frames of independent blocks of up to 4 MiB with the content size and no checksums. */
final class Lz4Compressor implements BufferCompressor {
  /** Version 1, independent blocks, content size present. */
  private static final int FLAGS = 0b0110_1000;

  private static final int HEADER = 4 + 2 + 8 + 1;
  private static final int BLOCK_SIZE = 4;
  private static final int STORED = 1 << 31;

  private final LZ4Compressor compressor = LZ4Factory.fastestInstance().fastCompressor();

  @Override
  public CodecType codec() {
    return CodecType.LZ4_FRAME;
  }

  @Override
  public long bound(int size) {
    int block = Lz4FrameCodec.blockSize(blockCode(size));
    long blocks = ((long) size + block - 1) / block;
    // A block that does not get smaller is stored, but the compressor needs the space to try.
    return HEADER
        + blocks * BLOCK_SIZE
        + size
        + (compressor.maxCompressedLength(block) - block)
        + 4;
  }

  @Override
  public int compress(BufferKind kind, int rows, ByteBuffer source, ByteBuffer target) {
    target.order(ByteOrder.LITTLE_ENDIAN);
    int size = source.capacity();
    int code = blockCode(size);
    putHeader(target, code, size);
    int block = Lz4FrameCodec.blockSize(code);
    for (int from = 0; from < size; from += block) {
      putBlock(source, from, Math.min(block, size - from), target);
    }
    return target.putInt(0).position(); // end mark
  }

  private static void putHeader(ByteBuffer target, int code, int size) {
    target.putInt(Lz4FrameCodec.MAGIC).put((byte) FLAGS).put((byte) (code << 4)).putLong(size);
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
    while (code < 7 && Lz4FrameCodec.blockSize(code) < size) {
      code++;
    }
    return code;
  }

  @Override
  public void close() {} // lz4-java keeps no memory
}
