package org.bamarrow.internal.ipc;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.BodyCompressionMethod;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.ipc.message.ArrowBodyCompression;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.convert.OutputOptions;

/**
 * Compresses the buffers of record batches, each separately, into one Arrow buffer laid out as the
 * body of an IPC message, with zero padding. Each is preceded by its uncompressed length, or by -1
 * if it does not get smaller and is stored as it is. Not thread-safe.
 */
public final class BatchCompressor implements AutoCloseable {
  private static final int PREFIX = (int) CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH;
  private static final int ALIGNMENT = 8;

  private final BufferCompressor compressor;
  private final ArrowBodyCompression compression;
  private final List<BufferKind> kinds;
  private final BodyMemory memory;

  /** The uncompressed bytes of the buffers of the current batch. */
  private final List<ByteBuffer> sources = new ArrayList<>();

  private BatchCompressor(
      BufferCompressor compressor, List<BufferKind> kinds, BufferAllocator allocator) {
    this.compressor = compressor;
    this.compression =
        new ArrowBodyCompression(compressor.codec().getType(), BodyCompressionMethod.BUFFER);
    this.kinds = kinds;
    this.memory = new BodyMemory(allocator);
  }

  /**
   * The compressor for these options; null for no compression.
   *
   * @param fields the columns of the batches, whose names and types select the parameters
   */
  public static BatchCompressor of(
      OutputOptions options, List<Field> fields, BufferAllocator allocator) {
    BufferCompressor compressor =
        switch (options.compression()) {
          case NONE -> null;
          case LZ4 -> new Lz4Compressor();
          case ZSTD -> new ZstdCompressor(options.compressionLevel());
        };
    return compressor == null
        ? null
        : new BatchCompressor(compressor, BufferKind.of(fields), allocator);
  }

  /**
   * Returns the batch with compressed buffers, owned by the caller; closes the given batch. Equal
   * buffers, such as the offsets of bases and qualities, are one piece of memory.
   */
  public ArrowRecordBatch compress(ArrowRecordBatch batch) {
    try (batch) {
      if (batch.getBuffers().size() != kinds.size()) {
        throw new IllegalArgumentException(
            String.format("%d buffers for fields of %d", batch.getBuffers().size(), kinds.size()));
      }
      ArrowBuf body = memory.get(bound(batch.getBuffers()));
      List<ArrowBuf> buffers = new ArrayList<>(kinds.size());
      long at = 0;
      for (ArrowBuf buffer : batch.getBuffers()) {
        int index = buffers.size();
        ByteBuffer source = buffer.nioBuffer(0, (int) buffer.readableBytes());
        int equal = sources.indexOf(source);
        sources.add(source);
        if (equal >= 0) {
          buffers.add(buffers.get(equal));
          continue;
        }
        long length = write(kinds.get(index), batch.getLength(), source, body, at);
        buffers.add(body.slice(at, length).writerIndex(length));
        body.setZero(at + length, padded(length) - length);
        at += padded(length);
      }
      return new ArrowRecordBatch(batch.getLength(), batch.getNodes(), buffers, compression);
    } finally {
      sources.clear();
    }
  }

  /** Maximum size of the body: that of stored buffers, and space to try to compress each. */
  private long bound(List<ArrowBuf> sources) {
    long total = 0;
    long spare = 0;
    for (ArrowBuf source : sources) {
      int size = BufferCodec.intSize(source.readableBytes());
      total += padded(PREFIX + (long) size);
      spare = Math.max(spare, compressor.bound(size) - size);
    }
    return total + spare;
  }

  /**
   * Writes a buffer to the body; returns its length there. An empty buffer stays empty, as in Arrow
   * C++: pyarrow rejects one that has a prefix only.
   */
  private long write(BufferKind kind, int rows, ByteBuffer source, ArrowBuf body, long at) {
    int size = source.capacity();
    if (size == 0) {
      return 0;
    }
    int bound = BufferCodec.intSize(compressor.bound(size));
    int compressed = compressor.compress(kind, rows, source, body.nioBuffer(at + PREFIX, bound));
    if (compressed < size) {
      body.setLong(at, size);
      return PREFIX + (long) compressed;
    }
    body.setLong(at, CompressionUtil.NO_COMPRESSION_LENGTH);
    body.setBytes(at + PREFIX, source.duplicate()); // the source stays comparable
    return PREFIX + (long) size;
  }

  private static long padded(long length) {
    return length + ALIGNMENT - 1 & -ALIGNMENT;
  }

  /** Releases the native memory; batches that are still open keep theirs. */
  @Override
  public void close() {
    memory.close();
    compressor.close();
  }
}
