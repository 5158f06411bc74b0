package org.bamarrow.internal.rewrite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.internal.ipc.BatchCompressor;
import org.bamarrow.internal.ipc.IpcMessage;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.ipc.RowCopier;
import org.bamarrow.internal.ipc.StoredBatch;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneBuilder;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.io.ByteSource;

/** Collects chosen rows into record batches and writes them. For one thread. */
final class BatchWriter implements AutoCloseable {
  private static final int COPY_BYTES = 1 << 20;
  private static final BatchOptions DEFAULTS = ConvertOptions.defaults().batches();

  private final RewriteOutput output;
  private final RewrittenColumns columns;
  private final ArrowOptions options;
  private final BufferAllocator allocator;
  private final RowCopier rows;
  private final ZoneBuilder zones;
  private final int maxRows;

  /** Null until the compression is known; that of one that does nothing stays null. */
  private BatchCompressor compressor;

  private boolean compressionKnown;
  private long copied;
  private long written;
  private long batches;

  BatchWriter(
      RewriteOutput output,
      RewrittenColumns columns,
      ZoneColumns zoneColumns,
      ArrowOptions options,
      BufferAllocator allocator) {
    this.output = output;
    this.columns = columns;
    this.options = options;
    this.allocator = allocator;
    this.rows = new RowCopier(columns.fields(), allocator);
    this.zones = new ZoneBuilder(zoneColumns);
    this.maxRows = options.batchRows() == ArrowOptions.KEEP ? DEFAULTS.rows() : options.batchRows();
  }

  /** Number of batches written. */
  long batches() {
    return batches;
  }

  /** Number of batches that were written as they were stored. */
  long copied() {
    return copied;
  }

  /** Number of rows written or collected. */
  long rows() {
    return written + rows.rows();
  }

  /** Whether a batch with all of its rows can be written as it is stored. */
  boolean takes(StoredBatch stored) {
    return options.batchRows() == ArrowOptions.KEEP
        && columns.isUnchanged()
        && stored.isCopyable()
        && (options.keepCompression()
            || options.output().compression() == Compression.NONE
                && stored.compression() == Compression.NONE);
  }

  /** The zone of the rows of a batch with all columns. */
  Zone zone(List<FieldVector> vectors, int count) {
    List<ArrowFieldNode> nodes = new ArrayList<>();
    List<ArrowBuf> buffers = new ArrayList<>();
    vectors.forEach(vector -> add(vector, nodes, buffers));
    try (ArrowRecordBatch batch = new ArrowRecordBatch(count, nodes, buffers)) {
      return zones.zone(batch, null);
    }
  }

  /** As Arrow's {@code VectorUnloader}, which needs its class of schemas. */
  private static void add(FieldVector vector, List<ArrowFieldNode> nodes, List<ArrowBuf> buffers) {
    nodes.add(new ArrowFieldNode(vector.getValueCount(), vector.getNullCount()));
    buffers.addAll(vector.getFieldBuffers());
    vector.getChildrenFromFields().forEach(child -> add(child, nodes, buffers));
  }

  /**
   * Writes a batch as it is stored.
   *
   * @param count its rows
   * @param zone of this and maybe the following batches; empty if an earlier one had it
   * @param source of its bytes
   */
  void copy(StoredBatch stored, int count, List<Zone> zone, ByteSource source) throws IOException {
    flush();
    output
        .next()
        .append(List.of(stored.block()), count, zone, target -> copy(source, stored, target));
    written += count;
    copied++;
    batches++;
  }

  private static void copy(ByteSource source, StoredBatch stored, WritableByteChannel target)
      throws IOException {
    byte[] buffer = new byte[COPY_BYTES];
    long end = stored.offset() + stored.metadata() + stored.body();
    for (long at = stored.offset(); at < end; ) {
      int length = source.read(at, buffer, 0, (int) Math.min(buffer.length, end - at));
      if (length == 0) {
        throw new IOException(source.name() + ": became shorter while it was read");
      }
      target.write(ByteBuffer.wrap(buffer, 0, length));
      at += length;
    }
  }

  /** Moves to the rows of a batch. */
  void bind(List<FieldVector> batch, StoredBatch stored) {
    rows.bind(columns.vectors(batch));
    if (!compressionKnown) {
      OutputOptions how = options.output();
      if (options.keepCompression()) {
        how =
            how.withCompression(stored.compression())
                .withCompressionLevel(OutputOptions.LEVEL_BY_COLUMN);
      }
      compressor = BatchCompressor.of(how, columns.fields(), allocator);
      compressionKnown = true;
    }
  }

  /** Collects a run of rows of the batch. */
  void append(int from, int count) throws IOException {
    for (int done = 0; done < count; ) {
      int left = Math.min(count - done, maxRows - rows.rows());
      int fitting = rows.fitting(from + done, left, options.batchBytes());
      rows.append(from + done, fitting);
      done += fitting;
      if (rows.rows() == maxRows || done < count) {
        flush();
      }
    }
  }

  /** Writes the rows collected so far as a batch. */
  void flush() throws IOException {
    if (rows.rows() == 0) {
      return;
    }
    written += rows.rows();
    ArrowRecordBatch batch = rows.take();
    Zone zone;
    try {
      zone = zones.zone(batch, null);
    } catch (RuntimeException | Error e) {
      batch.close();
      throw e;
    }
    try (IpcMessage message =
        new IpcMessage(compressor == null ? batch : compressor.compress(batch), zone)) {
      IpcOutput next = output.next();
      next.write(next.assignOffsets(List.of(message)), List.of(message));
    }
    batches++;
  }

  @Override
  public void close() {
    rows.close();
    if (compressor != null) {
      compressor.close();
    }
  }
}
