package org.bamarrow.internal.ipc;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.internal.base.ArrowLayout;
import org.bamarrow.io.ArrowFormatException;
import org.bamarrow.io.ByteSource;

/**
 * Reads an Arrow IPC file or stream, distinguished by the first bytes. All Arrow data are read
 * through this class. Lengths and offsets are checked once against the schema and the size of the
 * source, before memory is allocated for them.
 *
 * <p>Columns have normalized types ({@link #normalized}): dictionaries, views, run-end encoding and
 * unsigned integers of other writers are resolved. A batch with such columns may be returned in
 * several parts, so that its memory is bounded. The bytes of columns that are not selected are not
 * read. The content of a file is given by its footer, as the format specifies. Not thread-safe.
 */
public final class IpcBatches implements Closeable {
  private final ByteSource source;
  private final IpcMessages messages;
  private final IpcSchema schema;
  private final Dictionaries dictionaries;
  private final List<Field> stored;
  private final FileFooter file;
  private final FileZones zones;
  private List<Field> selected;
  private BufferAllocator allocator;
  private LoadedColumns loaded;
  private NormalizedBatches normalized;

  /** Whether the batch loaded last satisfies the condition, if there is one. */
  private boolean wanted;

  /** Where the batch loaded last is. */
  private StoredBatch current;

  private long start = ArrowFormatException.UNKNOWN;

  /** Null if the batches are located by another reader, which owns the source. */
  private final BatchPlaces places;

  /** The batch that {@link #next} loads, if they are. */
  private BatchPlace given;

  /** How many dictionary batches have been applied. */
  private int applied;

  private IpcBatches(ByteSource source) throws IOException {
    this.source = source;
    this.messages = new IpcMessages(source);
    try {
      this.file = messages.isFile() ? FileFooter.read(messages) : null;
      this.schema = file == null ? readSchema() : file.schema();
      this.stored = schema.fields().stream().map(ArrowLayout::stored).toList();
      this.dictionaries = new Dictionaries(schema.fields());
      this.zones = new FileZones(source.name(), schema.fields(), file);
      this.places = new BatchPlaces(source, messages, file);
    } catch (RuntimeException | AssertionError e) { // of flatbuffers and Arrow, on bad data
      throw messages.broken(start, said(e), e);
    }
  }

  private IpcBatches(IpcBatches other) throws IOException {
    source = other.source;
    places = null;
    messages = new IpcMessages(source);
    file = other.file;
    schema = other.schema;
    stored = other.stored;
    dictionaries = new Dictionaries(schema.fields());
    zones = new FileZones(source.name(), schema.fields(), file);
  }

  /**
   * Another reader of the same data, for another thread: it loads the batches that this one
   * locates. To be closed before this one.
   */
  public IpcBatches another() throws IOException {
    return new IpcBatches(this);
  }

  /**
   * Reads the schema.
   *
   * @param source of known size; ownership is taken, also on failure
   * @throws IOException if it is not a complete Arrow IPC file or stream
   */
  public static IpcBatches open(ByteSource source) throws IOException {
    try {
      return new IpcBatches(source);
    } catch (IOException | RuntimeException | Error e) {
      try {
        source.close();
      } catch (IOException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  private IpcSchema readSchema() throws IOException {
    Message first = messages.next();
    if (first == null || first.headerType() != MessageHeader.Schema) {
      throw messages.broken("it does not start with a schema message");
    }
    var header =
        (org.apache.arrow.flatbuf.Schema) first.header(new org.apache.arrow.flatbuf.Schema());
    return SchemaReader.read(header, Math.toIntExact(messages.position()));
  }

  /** The schema as written. */
  public IpcSchema ipcSchema() {
    return schema;
  }

  /** The schema as written; its class takes long to initialize ({@link IpcSchema}). */
  public Schema schema() {
    return schema.toArrow();
  }

  /** The field with its normalized type, as returned by {@link #root}. */
  public static Field normalized(Field field) {
    return NormalizedFields.of(field);
  }

  /**
   * The locations of the batches of a file, in the order of the rows.
   *
   * @throws IOException if it is a stream or has dictionaries
   */
  public List<ArrowBlock> blocks() throws IOException {
    if (file == null || !file.dictionaries().isEmpty()) {
      throw new IOException(source.name() + ": not an Arrow IPC file without dictionaries");
    }
    return file.batches().stream()
        .map(each -> new ArrowBlock(each.offset(), each.metadata(), each.body()))
        .toList();
  }

  /** What is known of the batches, and which are left out. */
  public FileZones zones() {
    return zones;
  }

  /** The batch loaded last as it is stored, of which {@link #root} may hold a part only. */
  public StoredBatch stored() {
    return current;
  }

  /** Bytes read from the source so far. */
  public long bytesRead() {
    return messages.bytesRead();
  }

  /** Selects all columns of all batches; called before the first {@link #next}. */
  public void selectAll(BufferAllocator memory) throws IOException {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < schema.fields().size(); i++) {
      all.add(i);
    }
    choose(all, schema.fields(), 0, Long.MAX_VALUE, memory);
  }

  /**
   * Selects columns and batches; called before the first {@link #next}.
   *
   * @param columns names of columns of the schema
   * @param begin minimum 0-based offset of the batches of a file; all batches of a stream have
   *     offset 0
   * @param end exclusive maximum offset of the batches
   * @param memory owned by the caller
   */
  public void select(List<String> columns, long begin, long end, BufferAllocator memory)
      throws IOException {
    selectFields(
        columns.stream().map(name -> schema.fields().get(index(name))).toList(),
        begin,
        end,
        memory);
  }

  /**
   * As {@link #select}, for some of the fields of structs: the bytes of the others are not read.
   *
   * @param columns fields of the schema; structs, at any depth, may have fewer children. A column
   *     that is read as another type is read as a whole
   */
  public void selectFields(List<Field> columns, long begin, long end, BufferAllocator memory)
      throws IOException {
    List<Integer> chosen = new ArrayList<>();
    for (Field column : columns) {
      chosen.add(index(column.getName()));
    }
    choose(chosen, columns, begin, end, memory);
  }

  private int index(String column) {
    for (int i = 0; i < schema.fields().size(); i++) {
      if (schema.fields().get(i).getName().equals(column)) {
        return i;
      }
    }
    throw new IllegalArgumentException("there is no column " + column);
  }

  private void choose(
      List<Integer> chosen, List<Field> wanted, long begin, long end, BufferAllocator memory)
      throws IOException {
    allocator = memory;
    selected = new ArrayList<>();
    for (int i = 0; i < chosen.size(); i++) {
      Field whole = schema.fields().get(chosen.get(i));
      selected.add(wanted.get(i) == whole ? whole : StructProjection.of(whole, wanted.get(i)));
    }
    for (Field field : selected) {
      NormalizedFields.requireReadable(field, source.name());
    }
    try {
      selected.forEach(field -> dictionaries.want(field, memory));
      List<Field> parts = selected.stream().map(ArrowLayout::stored).toList();
      loaded = new LoadedColumns(stored, chosen, parts, schema.metadata(), memory);
      normalized =
          selected.stream().allMatch(NormalizedFields::isNormalized)
              ? null
              : new NormalizedBatches(
                  selected, loaded.root(), schema.metadata(), dictionaries, memory);
    } catch (RuntimeException e) { // of Arrow, which has no vector for a type
      throw new IOException(source.name() + ": the columns cannot be read: " + said(e), e);
    }
    if (places != null) {
      places.choose(
          file == null ? null : zones.chosen(begin, end), begin, dictionaries.anyWanted());
    }
  }

  /**
   * Leaves out batches without a row that satisfies a condition: its columns are read first, and
   * the others only if there is one. Called after a selection. No effect if a column of the
   * condition is not selected, or a selected one has a type that is normalized.
   *
   * @param columns names of the columns of the condition
   */
  public void require(List<String> columns, BatchCondition condition) {
    if (normalized == null) {
      loaded.require(columns, condition);
    }
  }

  /**
   * The vectors, of normalized types; always the same, with other rows after each {@link #next}.
   */
  public VectorSchemaRoot root() {
    return normalized == null ? loaded.root() : normalized.root();
  }

  /** The vectors of {@link #root}, without Arrow's schema ({@link IpcSchema}). */
  public List<FieldVector> vectors() {
    return normalized == null ? loaded.vectors() : normalized.root().getFieldVectors();
  }

  /** Number of rows in the vectors. */
  public int rows() {
    return normalized == null ? loaded.rows() : normalized.root().getRowCount();
  }

  /**
   * Loads the next rows.
   *
   * @return false after the last row
   * @throws IOException if the data are invalid, or a value is out of range of its normalized type
   */
  public boolean next() throws IOException {
    try {
      while (normalized == null || !normalized.next()) {
        if (!nextBatch()) {
          return false;
        }
        if (normalized != null) {
          normalized.start();
        } else if (wanted) {
          return true;
        } else {
          zones.skipped();
        }
      }
      return true;
    } catch (OutOfMemoryException e) {
      throw new IOException(
          String.format(
              "%s: the batch at byte %d requires more than the memory limit of %d bytes;"
                  + " write smaller batches",
              source.name(), start, allocator.getLimit()),
          e);
    } catch (NormalizedBatches.ConversionException e) {
      throw new IOException(
          String.format(
              "%s: batch at byte %d, %s; write the column with another type",
              source.name(), start, e.getMessage()),
          e);
    } catch (RuntimeException | AssertionError e) { // of flatbuffers and Arrow, on bad data
      throw messages.broken(start, said(e), e);
    }
  }

  /**
   * Moves to the next batch without loading it, for {@link #load} of readers on other threads.
   *
   * @return null after the last one
   */
  public BatchPlace locate() throws IOException {
    return places.next();
  }

  /** Bytes that the buffers of a located batch take in memory, by what its metadata claim. */
  public long bytes(BatchPlace place) throws IOException {
    return places.bytes(place);
  }

  /** Bytes that the selected dictionaries before the batch located last take in memory. */
  public long dictionaryBytes() {
    return places.dictionaryBytes();
  }

  /** Makes {@link #next} load the rows of a batch that the reader of the same data has located. */
  public void load(BatchPlace place) {
    given = place;
  }

  /** Releases the memory of the rows loaded last. */
  public void clear() {
    loaded.clear();
    if (normalized != null) {
      normalized.root().clear();
    }
  }

  /** Loads the next batch; false after the last one. */
  private boolean nextBatch() throws IOException {
    BatchPlace place = places == null ? given : places.next();
    given = null;
    if (place == null) {
      if (file == null && places != null) {
        apply(places.dictionaries(), places.dictionaries().size());
      }
      return false;
    }
    apply(place.dictionaries(), place.before());
    start = place.start();
    RecordBatch batch = (RecordBatch) place.message().header(new RecordBatch());
    load(batch, place.isBeforeV5(), place.body(), place.message().bodyLength());
    return true;
  }

  private void apply(List<BatchPlace> all, int count) throws IOException {
    for (; applied < count; applied++) {
      BatchPlace place = all.get(applied);
      start = place.start();
      dictionaries.load(
          messages,
          (DictionaryBatch) place.message().header(new DictionaryBatch()),
          place.isBeforeV5(),
          place.body(),
          place.message().bodyLength(),
          file == null,
          allocator);
    }
  }

  private void load(RecordBatch message, boolean before5, long at, long body) throws IOException {
    dictionaries.requireAll();
    BatchMetadata batch = BatchMetadata.check(message, before5, stored, body);
    current = new StoredBatch(start, (int) (at - start), body, batch.codec(), !before5);
    wanted = loaded.load(messages, at, batch);
  }

  /** The description of invalid data from an exception of flatbuffers or Arrow. */
  static String said(Throwable e) {
    return e instanceof IllegalArgumentException && e.getMessage() != null
        ? e.getMessage()
        : "invalid metadata (" + e + ")";
  }

  @Override
  public void close() throws IOException {
    try (ByteSource owned = places == null ? null : source) {
      if (normalized != null) {
        normalized.close();
      }
      if (loaded != null) {
        loaded.close();
      }
      dictionaries.close();
    }
  }
}
