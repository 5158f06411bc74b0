package org.bamarrow.internal.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.convert.Strategy;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.column.BatchDecoder;
import org.bamarrow.internal.index.UnusableIndexException;
import org.bamarrow.internal.read.ReadScope;
import org.bamarrow.internal.read.ReadStatistics;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.SliceHandler;

/**
 * The rows of a conversion as record batches, one by one in file order. Reading starts with the
 * first call of {@link #next}. Closing it at any time stops the workers and frees all memory. For
 * one consumer thread, which does all work with the sequential strategy.
 */
public final class RecordBatches implements AutoCloseable {
  private final Conversion conversion;
  private final ReadScope scope;
  private final BufferAllocator allocator;
  private final Consumer<String> warnings;
  private final BatchQueue queue;
  private final boolean sequential;
  private RecordPipeline pipeline;

  /**
   * The records in the regions of the conversion.
   *
   * @param conversion ownership is taken
   * @param allocator owned by the caller
   * @param warnings receives warnings for the user when reading starts, each a line without a full
   *     stop
   */
  public RecordBatches(
      Conversion conversion, BufferAllocator allocator, Consumer<String> warnings) {
    this(conversion, null, allocator, warnings);
  }

  /**
   * The records of a part of the inputs of a conversion.
   *
   * @param conversion ownership is taken
   * @param scope what to read; null for the regions of the conversion
   * @param allocator owned by the caller
   * @param warnings receives warnings for the user when reading starts, each a line without a full
   *     stop
   */
  public RecordBatches(
      Conversion conversion,
      ReadScope scope,
      BufferAllocator allocator,
      Consumer<String> warnings) {
    this.conversion = conversion;
    this.scope = scope;
    this.allocator = allocator;
    this.warnings = warnings;
    sequential = conversion.options().machine().strategy() == Strategy.SEQUENTIAL;
    queue = new BatchQueue(sequential ? Integer.MAX_VALUE : conversion.workers());
  }

  /** The schema of all batches. */
  public Schema schema() throws IOException {
    return conversion.schema();
  }

  /**
   * The next batch, which the caller closes; null after the last one.
   *
   * @throws IOException at the position of the rows that cannot be read, and on every further call
   */
  public ArrowRecordBatch next() throws IOException {
    if (pipeline == null) {
      start();
    }
    try {
      ArrowRecordBatch batch = sequential ? step() : queue.take();
      if (batch == null) {
        pipeline.await();
        conversion.regions().checkCounts();
      }
      return batch;
    } catch (UnusableIndexException e) {
      throw e.asError();
    }
  }

  private void start() throws IOException {
    List<SliceHandler> handlers = new ArrayList<>();
    for (int i = 0; i < conversion.workers(); i++) {
      handlers.add(new QueueHandler(conversion.newBatchDecoder(allocator)));
    }
    pipeline =
        conversion.newPipeline(scope == null ? conversion.regions().scope() : scope, handlers);
    conversion.regions().warnings().forEach(warnings);
    if (!sequential) {
      pipeline.start(queue::end);
    }
  }

  private ArrowRecordBatch step() throws IOException {
    ArrowRecordBatch batch = queue.poll();
    while (batch == null && pipeline.step()) {
      batch = queue.poll();
    }
    return batch;
  }

  /** Compressed bytes read so far. */
  public long bytesRead() {
    return pipeline == null ? 0 : pipeline.bytesRead();
  }

  /**
   * The counts of the pipeline; valid after the last batch, with the sequential strategy at any
   * time.
   */
  public ReadStatistics statistics() {
    return pipeline == null ? ReadStatistics.NONE : pipeline.statistics();
  }

  /** As {@link ConvertReport#lists}, for the records read; valid after the last batch. */
  public Map<String, ListMatch> lists() {
    return conversion.lists();
  }

  @Override
  public void close() throws IOException {
    queue.close();
    try {
      if (pipeline != null) {
        pipeline.close();
      }
    } finally {
      conversion.close();
    }
  }

  private final class QueueHandler implements SliceHandler {
    private final BatchDecoder decoder;
    private final List<ArrowRecordBatch> batches = new ArrayList<>();

    QueueHandler(BatchDecoder decoder) {
      this.decoder = decoder;
    }

    @Override
    public void handle(RecordSlice slice) throws IOException {
      decoder.decode(slice, (batch, first) -> batches.add(batch));
    }

    @Override
    public void deliver() {
      batches.forEach(queue::put);
      batches.clear();
    }

    @Override
    public long qualitiesTakenAsMissing() {
      return decoder.qualitiesTakenAsMissing();
    }

    @Override
    public void close() {
      batches.forEach(ArrowRecordBatch::close);
      batches.clear();
      decoder.close();
    }
  }
}
