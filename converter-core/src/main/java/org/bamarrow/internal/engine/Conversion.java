package org.bamarrow.internal.engine;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.convert.Strategy;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.internal.column.BatchDecoder;
import org.bamarrow.internal.column.BatchSchema;
import org.bamarrow.internal.column.TagCounts;
import org.bamarrow.internal.filter.RecordFilters;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.MemoryPlan;
import org.bamarrow.internal.read.ReadScope;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.SliceHandler;
import org.bamarrow.internal.read.SplitFinder;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.io.ByteSource;

/**
 * The opened inputs of one conversion, with everything derived from their headers and the options:
 * the schema, and pipelines for any kind of handler. Owns the inputs.
 */
public final class Conversion implements AutoCloseable {
  private final ConvertOptions options;
  private final ConversionInputs inputs;
  private final ReadSettings settings;
  private final RegionReading regions;
  private final TagDiscovery tags;
  private final OutputSchema schema;

  /**
   * Opens the inputs, reads their headers and checks their ends.
   *
   * @param sources at least one, in the order of the output; owned by the conversion, also if this
   *     constructor throws
   */
  public Conversion(List<ByteSource> sources, ConvertOptions options) throws IOException {
    this(
        sources,
        options,
        !options.allowMissingEof() && (options.rows().limit() < 0 || options.regions().filters()));
  }

  /**
   * As the constructor, for parts of the inputs: the ends are checked by the reader of the last
   * part.
   */
  public static Conversion forSplits(List<ByteSource> sources, ConvertOptions options)
      throws IOException {
    return new Conversion(sources, options, false);
  }

  private Conversion(List<ByteSource> sources, ConvertOptions options, boolean checkEnds)
      throws IOException {
    this.options = options;
    Supplier<InflaterKind> chosen = Inflaters.chooseAsync(options.machine().inflater());
    inputs = ConversionInputs.open(sources, options, checkEnds);
    try {
      RecordFilters filters =
          options.rows().filters() ? RecordFilters.sharing(options.rows()) : null;
      settings = new ReadSettings(options, MemoryPlan.of(options), chosen.get(), filters);
      regions = new RegionReading(inputs, settings);
    } catch (RuntimeException e) {
      try (inputs) {
        throw e;
      }
    }
    tags = new TagDiscovery(inputs.all(), settings);
    schema = new OutputSchema(inputs, options, regions.places(), tags);
  }

  public List<BamInput> inputs() {
    return inputs.all();
  }

  public ConvertOptions options() {
    return options;
  }

  /** The name of the inflater in use. */
  public String inflater() {
    return settings.inflater().word();
  }

  /** A new inflater for one thread. */
  public BlockInflater newInflater() {
    return settings.newInflater();
  }

  /** Maximum block_size that the memory budget allows. */
  public int maxRecord() {
    return settings.maxRecord();
  }

  /** Number of workers that the memory budget allows. */
  public int workers() {
    return settings.workers();
  }

  /**
   * The columns of the output, including tags; discovers the tags first if the options say so.
   *
   * @throws IOException if the inputs cannot be read
   */
  public BatchSchema columns() throws IOException {
    return schema.columns();
  }

  /**
   * The discovered tags that are not typed because a typed tag differs from them only in case
   * ({@link TagOptions#caseInsensitive}). They go to {@code other_tags}; the caller warns of them.
   *
   * @throws IOException if the inputs cannot be read
   */
  public List<TagType> caseVariants() throws IOException {
    return schema.caseVariants();
  }

  /**
   * The tags that the mode of the options discovers in the inputs, from a sample or a full scan;
   * empty if it discovers none. The counts of several conversions, merged in order, are equal to
   * those of one conversion of all their inputs.
   *
   * @throws IOException if the inputs cannot be read
   */
  public TagCounts countTags() throws IOException {
    return tags.count();
  }

  /**
   * The Arrow schema of the output.
   *
   * @throws IOException if the inputs cannot be read or contradict each other
   */
  public Schema schema() throws IOException {
    return ipcSchema().toArrow();
  }

  /** As {@link #schema}, for an output. */
  IpcSchema ipcSchema() throws IOException {
    return schema.whole();
  }

  /**
   * The Arrow schema common to all parts of a directory; each part adds the metadata of its input
   * ({@link SchemaMetadata#ofPart}).
   *
   * @throws IOException if the inputs cannot be read
   */
  public Schema partSchema() throws IOException {
    return schema.ofParts();
  }

  /**
   * The Arrow schema of a directory of parts as a whole, with the metadata common to all inputs.
   *
   * @throws IOException if the inputs cannot be read
   */
  public Schema sharedSchema() throws IOException {
    return schema.shared();
  }

  /** A new batch decoder for one worker. */
  public BatchDecoder newBatchDecoder(BufferAllocator allocator) throws IOException {
    return new BatchDecoder(columns(), allocator, options.batches().rows());
  }

  /** The columns of which batches have statistics. */
  public ZoneColumns zoneColumns() throws IOException {
    return ZoneColumns.of(columns().fields(), false);
  }

  /** Compressed bytes of all inputs; -1 if one of them is a stream. */
  public long totalBytes() {
    return inputs.totalBytes();
  }

  /** A pipeline of all records that pass the regions, filters and limit of the options. */
  public RecordPipeline newPipeline(List<? extends SliceHandler> handlers) throws IOException {
    return newPipeline(regions.scope(), handlers);
  }

  /** The regions to read, with their index. */
  public RegionReading regions() {
    return regions;
  }

  /** The filters shared by all pipelines of this conversion; null if the options have none. */
  public RecordFilters filters() {
    return settings.filters();
  }

  /**
   * For each filter list, how many of its entries occurred in the records read so far, and how many
   * references of the BED file are in the headers ({@code bedReferences}): {@link
   * ConvertReport#lists}. Not to be called while pipelines run.
   */
  public Map<String, ListMatch> lists() {
    Map<String, ListMatch> lists = new LinkedHashMap<>();
    if (filters() != null) {
      lists.putAll(filters().matches());
    }
    if (regions.bed() != null) {
      lists.put("bedReferences", regions.bed().match());
    }
    return lists;
  }

  /**
   * A pipeline of the records of a scope that pass the regions, filters and limit of the options.
   */
  public RecordPipeline newPipeline(ReadScope scope, List<? extends SliceHandler> handlers) {
    return newPipeline(scope, options.rows().limit(), handlers);
  }

  /**
   * As {@link #newPipeline(ReadScope, List)}, with the given limit instead of that of the options.
   *
   * @param limit maximum number of rows; -1 for all
   */
  public RecordPipeline newPipeline(
      ReadScope scope, long limit, List<? extends SliceHandler> handlers) {
    return new RecordPipeline(
        regions.within(scope), settings.pipeline(options.rows().withLimit(limit)), handlers);
  }

  /**
   * A pipeline of one worker, for several concurrent ones of the same conversion.
   *
   * @param large shared by them, so that only one holds a large record at a time
   */
  RecordPipeline newPipeline(ReadScope scope, SliceHandler handler, Semaphore large) {
    return new RecordPipeline(scope, settings.pipeline(options.rows()), List.of(handler), large);
  }

  /** The strategy in use; segments are used for whole files only. */
  public Strategy strategy() {
    Strategy requested = options.machine().strategy();
    boolean whole = options.rows().limit() < 0 && !options.regions().filters() && totalBytes() >= 0;
    return requested == Strategy.SEGMENTS && !whole ? Strategy.PIPELINE : requested;
  }

  /** A new finder and verifier of splits; for one thread. */
  public SplitFinder newSplitFinder() {
    return new SplitFinder(newInflater(), maxRecord());
  }

  /** A task that may throw an {@link IOException}. */
  interface IoTask {
    void run() throws IOException;
  }

  /**
   * Runs a pipeline to its end with the requested strategy.
   *
   * @param concurrent run while the workers run, or before reading starts with the sequential
   *     strategy
   */
  void run(RecordPipeline pipeline, IoTask concurrent) throws IOException {
    if (options.machine().strategy() == Strategy.SEQUENTIAL) {
      concurrent.run();
      pipeline.runHere();
    } else {
      pipeline.start(() -> {});
      concurrent.run();
      pipeline.await();
    }
  }

  @Override
  public void close() throws IOException {
    try (inputs) {
      regions.close();
    }
  }
}
