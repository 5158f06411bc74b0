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
 * Reads BAMs as a stream of Arrow record batches, for any consumer of an {@link ArrowReader}: Arrow
 * Flight, the C data interface, datasets. Batches are in file order and the same as those that
 * {@link BamToArrow} writes. Closing the reader at any time stops its workers and frees all memory.
 * For one consumer thread.
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
   * @param sources inputs, in the order of the rows; owned by this reader, also if this constructor
   *     throws
   * @param options what to read, and how; its output options are ignored
   * @param allocator allocator of the batches; owned by the caller
   * @throws org.bamarrow.io.BamFormatException if an input is invalid
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
   * As {@link #BamArrowReader(List, ConvertOptions, BufferAllocator)}, with a consumer of warnings
   * instead of a logger.
   *
   * @param sources inputs, in the order of the rows; owned by this reader, also if this constructor
   *     throws
   * @param options what to read, and how; its output options are ignored
   * @param allocator allocator of the batches; owned by the caller, who closes it after the reader
   * @param warnings receives warnings for the user when reading starts, each a line without a full
   *     stop
   * @throws java.io.IOException if an input cannot be read
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
   * {@return the counts of what was read; valid after the last batch, and with the sequential
   * strategy at any time}
   */
  public ReadCounts counts() {
    ReadStatistics read = batches.statistics();
    return new ReadCounts(
        read.records(),
        read.rows(),
        read.removed(),
        read.blocks(),
        read.bytesRead(),
        read.inflatedBytes(),
        read.qualitiesTakenAsMissing());
  }

  /**
   * {@return the same as {@link ConvertReport#lists} for the records read, after the last batch}
   */
  public Map<String, ListMatch> lists() {
    return batches.lists();
  }

  @Override
  protected void closeReadSource() throws IOException {
    batches.close();
  }
}
