package org.bamarrow.internal.ipc;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.OutputOptions;

/** Compresses the buffers of record batches, each separately. Not thread-safe. */
public final class BatchCompressor {
  private final CompressionCodec codec;
  private final BufferAllocator allocator;

  public BatchCompressor(CompressionCodec codec, BufferAllocator allocator) {
    this.codec = codec;
    this.allocator = allocator;
  }

  /** The compressor for these options; null for no compression. */
  public static BatchCompressor of(OutputOptions options, BufferAllocator allocator) {
    return options.compression() == Compression.NONE
        ? null
        : new BatchCompressor(
            Codecs.create(options.compression(), options.compressionLevel()), allocator);
  }

  /** Returns the batch with compressed buffers; closes the given batch. */
  public ArrowRecordBatch compress(ArrowRecordBatch batch) {
    List<ArrowBuf> buffers = new ArrayList<>();
    try (batch) {
      for (ArrowBuf buffer : batch.getBuffers()) {
        buffer.getReferenceManager().retain(); // the codec releases it
        buffers.add(codec.compress(allocator, buffer));
      }
      return new ArrowRecordBatch(
          batch.getLength(),
          batch.getNodes(),
          buffers,
          CompressionUtil.createBodyCompression(codec));
    } finally {
      buffers.forEach(ArrowBuf::close); // the new batch has references of its own
    }
  }
}
