package org.bamarrow;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.convert.Strategy;
import org.bamarrow.internal.bam.RecordSlice;
import org.bamarrow.internal.column.BatchMaker;
import org.bamarrow.internal.engine.BatchQueue;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.index.UnusableIndexException;
import org.bamarrow.internal.read.ReadScope;
import org.bamarrow.internal.read.ReadStatistics;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.SliceHandler;
import org.bamarrow.io.ByteSource;
import org.slf4j.LoggerFactory;

/**
 * BAMs as a stream of Arrow batches, for all that takes an {@link ArrowReader}: Arrow Flight, the C
 * data interface, datasets. Batches come in file order, the same as {@link BamToArrow} writes.
 * Closing it at any point ends the workers and frees all memory. One consumer thread.
 *
 * <pre>
 * try (BufferAllocator allocator = new RootAllocator();
 *     BamArrowReader reader = new BamArrowReader(sources, ConvertOptions.defaults(), allocator)) {
 *   while (reader.loadNextBatch()) {
 *     use(reader.getVectorSchemaRoot());
 *   }
 * }
 * </pre>
 */
public final class BamArrowReader extends ArrowReader {
  private final Conversion conversion;
  private final ReadScope scope;
  private final Consumer<String> warnings;
  private final BatchQueue queue;
  private final boolean sequential;
  private RecordPipeline reader;

  /**
   * Opens the sources and reads their headers.
   *
   * @param sources in the order of the rows; owned by this reader from here on
   * @param options its output options are not used
   * @param allocator stays the caller's
   * @throws java.io.IOException if something cannot be read or written
   */
  public BamArrowReader(List<ByteSource> sources, ConvertOptions options, BufferAllocator allocator)
      throws IOException {
    this(sources, options, allocator, BamArrowReader::log);
  }

  /**
   * As {@link #BamArrowReader(List, ConvertOptions, BufferAllocator)}, which logs its warnings.
   *
   * @param sources inputs, in the order of the rows; closed with the reader, also where this throws
   * @param options what to read, and how
   * @param allocator for the batches; the caller's, closed after the reader
   * @param warnings takes what the user should know, a line without a full stop, when reading
   *     begins
   * @throws java.io.IOException if something cannot be read or written
   */
  public BamArrowReader(
      List<ByteSource> sources,
      ConvertOptions options,
      BufferAllocator allocator,
      Consumer<String> warnings)
      throws IOException {
    this(new Conversion(sources, options), null, allocator, warnings);
  }

  /**
   * Reads a part of a conversion's inputs.
   *
   * @param conversion owned by this reader from here on
   * @param scope null: all that the conversion's regions leave
   * @param allocator stays the caller's
   */
  public BamArrowReader(Conversion conversion, ReadScope scope, BufferAllocator allocator) {
    this(conversion, scope, allocator, BamArrowReader::log);
  }

  private BamArrowReader(
      Conversion conversion,
      ReadScope scope,
      BufferAllocator allocator,
      Consumer<String> warnings) {
    super(allocator);
    this.warnings = warnings;
    this.conversion = conversion;
    this.scope = scope;
    sequential = conversion.options().machine().strategy() == Strategy.SEQUENTIAL;
    queue = new BatchQueue(sequential ? Integer.MAX_VALUE : conversion.workers());
  }

  @Override
  protected Schema readSchema() throws IOException {
    return conversion.schema();
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    prepareLoadNextBatch();
    if (reader == null) {
      start();
    }
    try {
      ArrowRecordBatch batch = sequential ? step() : queue.take();
      if (batch != null) {
        loadRecordBatch(batch);
        return true;
      }
      reader.await();
      conversion.regions().checkCounts();
      return false;
    } catch (UnusableIndexException e) {
      throw e.asError();
    }
  }

  private static void log(String warning) {
    LoggerFactory.getLogger(BamArrowReader.class).warn(warning);
  }

  private void start() throws IOException {
    List<SliceHandler> handlers = new ArrayList<>();
    for (int i = 0; i < conversion.workers(); i++) {
      handlers.add(new QueueHandler(conversion.newMaker(allocator)));
    }
    reader = conversion.reader(scope == null ? conversion.regions().scope() : scope, handlers);
    conversion.regions().warnings().forEach(warnings);
    if (!sequential) {
      reader.start(queue::end);
    }
  }

  private ArrowRecordBatch step() throws IOException {
    ArrowRecordBatch batch = queue.poll();
    while (batch == null && reader.step()) {
      batch = queue.poll();
    }
    return batch;
  }

  /** Compressed bytes read so far. */
  @Override
  public long bytesRead() {
    return reader == null ? 0 : reader.bytesRead();
  }

  /**
   * {@return what was read and done: after the last batch, and where this reader runs on the
   * caller's thread so far at any time}
   */
  public ReadStatistics statistics() {
    return reader == null ? ReadStatistics.NONE : reader.statistics();
  }

  /** {@return the same as {@link ConvertReport#lists}, of what was read; after the last batch} */
  public Map<String, ListMatch> lists() {
    return conversion.lists();
  }

  @Override
  protected void closeReadSource() throws IOException {
    queue.close();
    try {
      if (reader != null) {
        reader.close();
      }
    } finally {
      conversion.close();
    }
  }

  private final class QueueHandler implements SliceHandler {
    private final BatchMaker maker;
    private final List<ArrowRecordBatch> batches = new ArrayList<>();

    QueueHandler(BatchMaker maker) {
      this.maker = maker;
    }

    @Override
    public void handle(RecordSlice slice) throws IOException {
      maker.make(slice, batches::add);
    }

    @Override
    public void deliver() {
      batches.forEach(queue::put);
      batches.clear();
    }

    @Override
    public long qualitiesTakenAsMissing() {
      return maker.qualitiesTakenAsMissing();
    }

    @Override
    public void close() {
      batches.forEach(ArrowRecordBatch::close);
      batches.clear();
      maker.close();
    }
  }
}
