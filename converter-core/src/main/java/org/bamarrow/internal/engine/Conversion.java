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
import org.bamarrow.internal.column.BatchMaker;
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
import org.bamarrow.io.ByteSource;

/**
 * The inputs of one conversion, opened, with everything that follows from their headers and the
 * options: the schema, and readers for any kind of handler. Owns the inputs.
 */
public final class Conversion implements AutoCloseable {
  private final ConvertOptions options;
  private final ConversionInputs inputs;
  private final ReadSettings settings;
  private final RegionReading regions;
  private final TagDiscovery tags;
  private final OutputSchema schema;

  /**
   * Opens the inputs, reads their headers and looks at their ends.
   *
   * @param sources at least one, in the order of the output; owned by the conversion from here on,
   *     also where this constructor throws
   */
  public Conversion(List<ByteSource> sources, ConvertOptions options) throws IOException {
    this(
        sources,
        options,
        !options.allowMissingEof() && (options.rows().limit() < 0 || options.regions().filters()));
  }

  /**
   * As the constructor, for parts of the inputs: their ends are left to whoever reads the last
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

  /** The inflater in use. */
  public String inflater() {
    return settings.inflater().word();
  }

  /** A new inflater for one thread. */
  public BlockInflater newInflater() {
    return settings.newInflater();
  }

  /** The largest block_size that the memory budget allows. */
  public int maxRecord() {
    return settings.maxRecord();
  }

  /** Workers in use, after the memory budget. */
  public int workers() {
    return settings.workers();
  }

  /**
   * Which columns the output has, tags included: finds the tags first where the options say so.
   *
   * @throws IOException if the inputs cannot be read
   */
  public BatchSchema columns() throws IOException {
    return schema.columns();
  }

  /**
   * The tags that were found but are not typed, since a typed tag differs from them only in case
   * ({@link TagOptions#caseInsensitive}): for the caller to say so. They go to {@code other_tags}.
   *
   * @throws IOException if the inputs cannot be read
   */
  public List<TagType> caseTwins() throws IOException {
    return schema.caseTwins();
  }

  /**
   * The tags that the options' mode finds in the inputs, by sample or whole; none where it looks
   * for none. Those of several conversions, merged in their order, are what one conversion of all
   * their inputs would find.
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
   * The Arrow schema that all parts of a directory have; each adds what {@link
   * SchemaMetadata#ofPart} tells of its input.
   *
   * @throws IOException if the inputs cannot be read
   */
  public Schema partSchema() throws IOException {
    return schema.ofParts();
  }

  /**
   * The Arrow schema of a directory of parts as a whole, with what holds for all inputs.
   *
   * @throws IOException if the inputs cannot be read
   */
  public Schema sharedSchema() throws IOException {
    return schema.shared();
  }

  /** A maker of batches for one worker. */
  public BatchMaker newMaker(BufferAllocator allocator) throws IOException {
    return new BatchMaker(columns(), allocator, options.batches().rows());
  }

  /** Compressed bytes of all inputs, -1 where a stream is among them. */
  public long totalBytes() {
    return inputs.totalBytes();
  }

  /** A reader of all records that the options' filters and limit leave. */
  public RecordPipeline reader(List<? extends SliceHandler> handlers) throws IOException {
    return reader(regions.scope(), handlers);
  }

  /** Where in the inputs the rows lie, and what leads there. */
  public RegionReading regions() {
    return regions;
  }

  /** The filters of all readers of this conversion; null where the options have none. */
  public RecordFilters filters() {
    return settings.filters();
  }

  /**
   * How much of each list of the filters occurred in what was read so far, and of the BED's
   * references in the headers ({@code bedReferences}): {@link ConvertReport#lists}. Not while
   * readers run.
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

  /** A reader of those records in the scope that the options' regions, filters and limit leave. */
  public RecordPipeline reader(ReadScope scope, List<? extends SliceHandler> handlers) {
    return reader(scope, options.rows().limit(), handlers);
  }

  /**
   * As {@link #reader(ReadScope, List)}, with a limit of its own instead of the options'.
   *
   * @param limit most rows; -1: all
   */
  public RecordPipeline reader(ReadScope scope, long limit, List<? extends SliceHandler> handlers) {
    return new RecordPipeline(
        regions.within(scope), settings.pipeline(options.rows().withLimit(limit)), handlers);
  }

  /**
   * A reader of one worker, beside others of the same conversion.
   *
   * @param large shared by them, so that they hold one large record at a time
   */
  RecordPipeline reader(ReadScope scope, SliceHandler handler, Semaphore large) {
    return new RecordPipeline(scope, settings.pipeline(options.rows()), List.of(handler), large);
  }

  /** The strategy in use: segments only of whole files. */
  public Strategy strategy() {
    Strategy asked = options.machine().strategy();
    boolean whole = options.rows().limit() < 0 && !options.regions().filters() && totalBytes() >= 0;
    return asked == Strategy.SEGMENTS && !whole ? Strategy.PIPELINE : asked;
  }

  /** A finder of the starts of splits, and the proof of their ends; for one thread. */
  public SplitFinder newSplitFinder() {
    return new SplitFinder(newInflater(), maxRecord());
  }

  /** Something to do while the workers run, or before the one thread does. */
  interface Meanwhile {
    void run() throws IOException;
  }

  /** Runs a reader to its end, as the strategy says. */
  void run(RecordPipeline reader, Meanwhile meanwhile) throws IOException {
    if (options.machine().strategy() == Strategy.SEQUENTIAL) {
      meanwhile.run();
      reader.runHere();
    } else {
      reader.start(() -> {});
      meanwhile.run();
      reader.await();
    }
  }

  @Override
  public void close() throws IOException {
    try (inputs) {
      regions.close();
    }
  }
}
