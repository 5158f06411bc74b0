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
import org.bamarrow.convert.Regions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.errors.Printable;
import org.bamarrow.errors.Remedy;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.internal.column.BatchMaker;
import org.bamarrow.internal.column.BatchSchema;
import org.bamarrow.internal.column.TagCounts;
import org.bamarrow.internal.filter.BedReferences;
import org.bamarrow.internal.filter.RecordFilters;
import org.bamarrow.internal.filter.RegionParser;
import org.bamarrow.internal.ipc.IpcSchema;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.DictionaryUnion;
import org.bamarrow.internal.read.EndOfFile;
import org.bamarrow.internal.read.InputHeaders;
import org.bamarrow.internal.read.MemoryPlan;
import org.bamarrow.internal.read.ReadScope;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.SliceHandler;
import org.bamarrow.internal.read.SplitFinder;
import org.bamarrow.internal.read.Stage;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;

/**
 * The inputs of one conversion, opened, with everything that follows from their headers and the
 * options: the schema, and readers for any kind of handler. Owns the inputs.
 */
public final class Conversion implements AutoCloseable {
  private final ConvertOptions options;
  private InflaterKind inflater;
  private final List<BamInput> inputs;
  private final List<Reference> references;
  private final MemoryPlan memory;
  private final RegionReading regions;
  private final RecordFilters filters; // null: every record is a row
  private BatchSchema columns;
  private List<TagType> caseTwins;

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
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("no input is given; name at least one BAM");
    }
    this.options = options;
    this.memory = MemoryPlan.of(options);
    List<Regions> places;
    Supplier<InflaterKind> chosen = Inflaters.chooseMeanwhile(options.machine().inflater());
    try {
      filters = options.rows().filters() ? RecordFilters.sharing(options.rows()) : null;
      inputs =
          InputHeaders.read(
              sources,
              (input, inflater) -> {
                requireUtf8Names(input);
                if (checkEnds) {
                  EndOfFile.check(input, inflater);
                }
              });
      // contradictions end the conversion before it starts
      references = DictionaryUnion.union(inputs);
      places = RegionParser.resolve(options.regions(), references);
      inflater = chosen.get();
    } catch (IOException | RuntimeException e) {
      closeAll(sources, e);
      throw e;
    }
    regions = new RegionReading(this, places, BedReferences.of(options.regions(), references));
  }

  private void requireUtf8Names(BamInput input) throws BamFormatException {
    if (input.header().nameNotUtf8() != null
        && options.columns().textEncoding() == TextEncoding.UTF_8) {
      throw new BamFormatException(
          input.source().name(),
          BamFormatException.UNKNOWN,
          "reference name '" + Printable.name(input.header().nameNotUtf8()) + "' is not UTF-8",
          Remedy.of("map it from Latin-1 with ", OptionKey.TEXT_ENCODING.setTo("latin-1")));
    }
  }

  private static void closeAll(List<ByteSource> sources, Exception why) {
    for (ByteSource source : sources) {
      try {
        source.close();
      } catch (IOException closing) {
        why.addSuppressed(closing);
      }
    }
  }

  public List<BamInput> inputs() {
    return inputs;
  }

  public ConvertOptions options() {
    return options;
  }

  /** The inflater in use. */
  public String inflater() {
    return inflater.word();
  }

  /** A new inflater for one thread. */
  public BlockInflater newInflater() {
    return inflater.open();
  }

  /** The largest block_size that the memory budget allows. */
  public int maxRecord() {
    return memory.maxRecord();
  }

  /** Workers in use, after the memory budget. */
  public int workers() {
    return memory.workers();
  }

  /**
   * Which columns the output has, tags included: finds the tags first where the options say so.
   *
   * @throws IOException if the inputs cannot be read
   */
  public BatchSchema columns() throws IOException {
    if (columns == null) {
      TagDiscovery.Found tags = TagDiscovery.find(this);
      columns = new BatchSchema(options.columns(), options.tags(), tags.types());
      caseTwins = tags.caseTwins();
    }
    return columns;
  }

  /**
   * The tags that were found but are not typed, since a typed tag differs from them only in case
   * ({@link TagOptions#caseInsensitive}): for the caller to say so. They go to {@code other_tags}.
   *
   * @throws IOException if the inputs cannot be read
   */
  public List<TagType> caseTwins() throws IOException {
    columns();
    return caseTwins;
  }

  /**
   * The tags that the options' mode finds in the inputs, by sample or whole; none where it looks
   * for none. Those of several conversions, merged in their order, are what one conversion of all
   * their inputs would find.
   *
   * @throws IOException if the inputs cannot be read
   */
  public TagCounts countTags() throws IOException {
    return TagDiscovery.count(this);
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
    return new IpcSchema(
        columns().fields(), SchemaMetadata.of(inputs, references, options, regions.places()));
  }

  /**
   * The Arrow schema that all parts of a directory have; each adds what {@link
   * SchemaMetadata#ofPart} tells of its input.
   *
   * @throws IOException if the inputs cannot be read
   */
  public Schema partSchema() throws IOException {
    return new Schema(columns().fields(), SchemaMetadata.common(options, regions.places()));
  }

  /**
   * The Arrow schema of a directory of parts as a whole, with what holds for all inputs.
   *
   * @throws IOException if the inputs cannot be read
   */
  public Schema sharedSchema() throws IOException {
    Map<String, String> common = SchemaMetadata.common(options, regions.places());
    return new Schema(columns().fields(), SchemaMetadata.shared(common, inputs));
  }

  /** A maker of batches for one worker. */
  public BatchMaker newMaker(BufferAllocator allocator) throws IOException {
    return new BatchMaker(columns(), allocator, options.batches().rows());
  }

  /** Compressed bytes of all inputs, -1 where a stream is among them. */
  public long totalBytes() {
    long total = 0;
    for (BamInput input : inputs) {
      long size = input.source().size();
      if (size == ByteSource.UNKNOWN_SIZE) {
        return -1;
      }
      total += size;
    }
    return total;
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
    return filters;
  }

  /**
   * How much of each list of the filters occurred in what was read so far, and of the BED's
   * references in the headers ({@code bedReferences}): {@link ConvertReport#lists}. Not while
   * readers run.
   */
  public Map<String, ListMatch> lists() {
    Map<String, ListMatch> lists = new LinkedHashMap<>();
    if (filters != null) {
      lists.putAll(filters.matches());
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
        regions.within(scope), settings(options.rows().withLimit(limit)), handlers);
  }

  /**
   * A reader of one worker, beside others of the same conversion.
   *
   * @param large shared by them, so that they hold one large record at a time
   */
  RecordPipeline reader(ReadScope scope, SliceHandler handler, Semaphore large) {
    return new RecordPipeline(scope, settings(options.rows()), List.of(handler), large);
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

  /**
   * What a reader needs to know of the options.
   *
   * @param rows the options' with any limit, or those that filter nothing
   */
  RecordPipeline.Settings settings(RowOptions rows) {
    return new RecordPipeline.Settings(
        options.batches(),
        options.machine().readBytes(),
        options.allowMissingEof(),
        rows.limit(),
        maxRecord(),
        inflater::open,
        rows.filters() ? filters : null,
        Stage.clock());
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
    regions.close();
    IOException first = null;
    for (BamInput input : inputs) {
      try {
        input.close();
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    inputs.clear();
    if (first != null) {
      throw first;
    }
  }
}
