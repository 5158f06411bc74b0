package org.bamarrow;

import java.io.IOException;
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
import org.bamarrow.convert.ReadCounts;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.engine.RecordBatches;
import org.bamarrow.internal.read.ReadStatistics;
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
  private final RecordBatches batches;

  /**
   * Opens the sources and reads their headers. Warnings are logged.
   *
   * @param sources in the order of the rows; owned by this reader from here on, also where this
   *     constructor throws
   * @param options its output options are not used
   * @param allocator stays the caller's
   * @throws org.bamarrow.io.BamFormatException if an input is not sound
   * @throws IOException if an input cannot be read
   * @throws IllegalArgumentException if options contradict each other
   */
  public BamArrowReader(List<ByteSource> sources, ConvertOptions options, BufferAllocator allocator)
      throws IOException {
    this(
        sources,
        options,
        allocator,
        warning -> LoggerFactory.getLogger(BamArrowReader.class).warn(warning));
  }

  /**
   * As {@link #BamArrowReader(List, ConvertOptions, BufferAllocator)}, without logging.
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
    super(allocator);
    batches = new RecordBatches(new Conversion(sources, options), allocator, warnings);
  }

  @Override
  protected Schema readSchema() throws IOException {
    return batches.schema();
  }

  @Override
  public boolean loadNextBatch() throws IOException {
    prepareLoadNextBatch();
    ArrowRecordBatch batch = batches.next();
    if (batch == null) {
      return false;
    }
    loadRecordBatch(batch);
    return true;
  }

  /** Compressed bytes read so far. */
  @Override
  public long bytesRead() {
    return batches.bytesRead();
  }

  /**
   * {@return what was read: after the last batch, and with the sequential strategy at any time so
   * far}
   */
  public ReadCounts counts() {
    ReadStatistics read = batches.statistics();
    return new ReadCounts(
        read.records(),
        read.rows(),
        read.blocks(),
        read.bytesRead(),
        read.inflatedBytes(),
        read.qualitiesTakenAsMissing());
  }

  /** {@return the same as {@link ConvertReport#lists}, of what was read; after the last batch} */
  public Map<String, ListMatch> lists() {
    return batches.lists();
  }

  @Override
  protected void closeReadSource() throws IOException {
    batches.close();
  }
}
