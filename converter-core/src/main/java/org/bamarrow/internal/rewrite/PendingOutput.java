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
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.internal.ipc.BatchCompressor;
import org.bamarrow.internal.ipc.IpcMessage;
import org.bamarrow.internal.ipc.IpcOutput;
import org.bamarrow.internal.ipc.StoredBatch;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneBuilder;
import org.bamarrow.io.ByteSource;

/**
 * What one batch of the input adds to the output: collected in the order of the batches, compressed
 * by its worker, and written in order. Owns new batches until they are written. For one thread.
 */
final class PendingOutput implements AutoCloseable {
  private static final int COPY_BYTES = 1 << 20;

  /** An addition. */
  private interface Addition {
    /** Runs concurrently with other workers. */
    default void prepare() {}

    void write(RewriteOutput output) throws IOException;

    default void close() {}
  }

  private final RewritePlan plan;
  private final BufferAllocator allocator;
  private final ZoneBuilder zones;
  private final List<Addition> additions = new ArrayList<>();

  /** Null until the compression is known; that of one that does nothing stays null. */
  private BatchCompressor compressor;

  private boolean compressionKnown;

  PendingOutput(RewritePlan plan, BufferAllocator allocator) {
    this.plan = plan;
    this.allocator = allocator;
    this.zones = new ZoneBuilder(plan.zoneColumns());
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
   * Adds a new batch.
   *
   * @param batch ownership is taken
   * @param how its compression, always the same
   */
  void add(ArrowRecordBatch batch, OutputOptions how) {
    additions.add(new NewBatch(batch, how));
  }

  /**
   * Adds a batch as it is stored.
   *
   * @param rows its rows
   * @param zone of this and maybe the following batches; empty if an earlier one had it
   * @param source of its bytes
   */
  void copy(StoredBatch stored, int rows, List<Zone> zone, ByteSource source) {
    additions.add(
        output ->
            output
                .next()
                .append(
                    List.of(stored.block()), rows, zone, target -> copy(source, stored, target)));
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

  /** Ends the current part. */
  void endPart() {
    additions.add(RewriteOutput::endPart);
  }

  /** Whether there is nothing to write. */
  boolean isEmpty() {
    return additions.isEmpty();
  }

  /** Makes everything ready to be written. */
  void prepare() {
    additions.forEach(Addition::prepare);
  }

  /** Writes everything; called in the order of the batches. */
  void write(RewriteOutput output) throws IOException {
    for (Addition each : additions) {
      each.write(output);
    }
    clear();
  }

  /** Drops what has not been written. */
  void clear() {
    additions.forEach(Addition::close);
    additions.clear();
  }

  private BatchCompressor compressor(OutputOptions how) {
    if (!compressionKnown) {
      compressor = BatchCompressor.of(how, plan.columns().fields(), allocator);
      compressionKnown = true;
    }
    return compressor;
  }

  @Override
  public void close() {
    clear();
    if (compressor != null) {
      compressor.close();
    }
  }

  private final class NewBatch implements Addition {
    private final OutputOptions how;

    /** Null once there is a message, which owns it. */
    private ArrowRecordBatch batch;

    private IpcMessage message;

    NewBatch(ArrowRecordBatch batch, OutputOptions how) {
      this.batch = batch;
      this.how = how;
    }

    @Override
    public void prepare() {
      Zone zone = zones.zone(batch, null);
      BatchCompressor by = compressor(how);
      ArrowRecordBatch plain = batch;
      batch = null;
      message = new IpcMessage(by == null ? plain : by.compress(plain), zone);
    }

    @Override
    public void write(RewriteOutput output) throws IOException {
      IpcOutput next = output.next();
      next.write(next.assignOffsets(List.of(message)), List.of(message));
      close();
    }

    @Override
    public void close() {
      if (batch != null) {
        batch.close();
        batch = null;
      }
      if (message != null) {
        message.close();
        message = null;
      }
    }
  }
}
