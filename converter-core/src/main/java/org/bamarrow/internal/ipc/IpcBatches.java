package org.bamarrow.internal.ipc;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.io.ArrowFormatException;
import org.bamarrow.io.ByteSource;

/**
 * The rows of an Arrow IPC file or stream, told apart by the first bytes: the one door through
 * which all reading of Arrow data goes. What a file claims is checked against the schema and the
 * bytes that are there, once, before memory is taken for it; then it is trusted.
 *
 * <p>Batches come with plain types ({@link #plain}): dictionaries, views, runs and unsigned numbers
 * of other writers are resolved; a batch that has such columns may come in several pieces, so that
 * memory does not grow with what indices claim. The bytes of columns that are not wanted are not
 * read. Of a file the footer says what is in it, as the format has it. One thread.
 */
public final class IpcBatches implements Closeable {
  private final ByteSource source;
  private final IpcMessages messages;
  private final Schema schema;
  private final Dictionaries dictionaries;
  private final List<Field> stored;
  private final FileFooter file;
  private List<Field> selected;
  private List<Integer> places;
  private BufferAllocator allocator;
  private VectorSchemaRoot loaded;
  private NormalizedBatches plain;
  private List<FileFooter.Block> blocks;
  private int block;
  private long start = ArrowFormatException.UNKNOWN;

  private IpcBatches(ByteSource source) throws IOException {
    this.source = source;
    this.messages = new IpcMessages(source);
    try {
      this.file = messages.isFile() ? FileFooter.read(messages) : null;
      this.schema = file == null ? readSchema() : file.schema();
      this.stored = schema.getFields().stream().map(Layout::stored).toList();
      this.dictionaries = new Dictionaries(schema.getFields());
    } catch (RuntimeException | AssertionError e) { // of flatbuffers and Arrow, on bad data
      throw messages.broken(start, said(e), e);
    }
  }

  /**
   * Reads the schema.
   *
   * @param source owned from here on, also where this fails; its size is known
   * @throws IOException if it is not a whole Arrow IPC file or stream
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

  private Schema readSchema() throws IOException {
    Message first = messages.next();
    if (first == null || first.headerType() != MessageHeader.Schema) {
      throw messages.broken("it does not begin with a schema");
    }
    var header =
        (org.apache.arrow.flatbuf.Schema) first.header(new org.apache.arrow.flatbuf.Schema());
    return SchemaReader.read(header, Math.toIntExact(messages.position()));
  }

  /** As the writer made it. */
  public Schema schema() {
    return schema;
  }

  /** A field of a schema as its values come: of a plain type. */
  public static Field plain(Field field) {
    return NormalizedFields.of(field);
  }

  /**
   * Where the batches of a file stand, in the order of the rows.
   *
   * @throws IOException if it is a stream, or its batches need dictionaries that lie elsewhere
   */
  public List<ArrowBlock> blocks() throws IOException {
    if (file == null || !file.dictionaries().isEmpty()) {
      throw new IOException(source.name() + ": is not an Arrow file without dictionaries");
    }
    return file.batches().stream()
        .map(each -> new ArrowBlock(each.offset(), each.metadata(), each.body()))
        .toList();
  }

  /** All columns of all batches, before the first {@link #next}. */
  public void selectAll(BufferAllocator memory) throws IOException {
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < schema.getFields().size(); i++) {
      all.add(i);
    }
    choose(all, 0, Long.MAX_VALUE, memory);
  }

  /**
   * Says what to read, before the first {@link #next}.
   *
   * @param columns names, each of the schema
   * @param begin of a file the batches that start from this byte on, 0-based; a stream has all of
   *     them at 0
   * @param end and before this one
   * @param memory stays the caller's
   */
  public void select(List<String> columns, long begin, long end, BufferAllocator memory)
      throws IOException {
    List<Integer> chosen = new ArrayList<>();
    for (String column : columns) {
      chosen.add(schema.getFields().indexOf(schema.findField(column)));
    }
    choose(chosen, begin, end, memory);
  }

  private void choose(List<Integer> chosen, long begin, long end, BufferAllocator memory)
      throws IOException {
    places = chosen;
    allocator = memory;
    selected = chosen.stream().map(schema.getFields()::get).toList();
    for (Field field : selected) {
      NormalizedFields.requireReadable(field, source.name());
    }
    try {
      selected.forEach(field -> dictionaries.want(field, memory));
      loaded =
          VectorSchemaRoot.create(
              new Schema(chosen.stream().map(stored::get).toList(), schema.getCustomMetadata()),
              memory);
      plain =
          selected.stream().allMatch(NormalizedFields::isPlain)
              ? null
              : new NormalizedBatches(
                  selected, loaded, schema.getCustomMetadata(), dictionaries, memory);
    } catch (RuntimeException e) { // of Arrow, which has no vector for a type
      throw new IOException(source.name() + ": its columns cannot be read: " + said(e), e);
    }
    if (file != null) {
      blocks =
          file.batches().stream()
              .filter(each -> each.offset() >= begin && each.offset() < end)
              .toList();
    } else if (begin > 0) {
      messages.position(source.size());
    }
  }

  /** The vectors of plain types; the same ones with other rows after each {@link #next}. */
  public VectorSchemaRoot root() {
    return plain == null ? loaded : plain.root();
  }

  /**
   * Loads the next rows.
   *
   * @return false behind the last
   * @throws IOException if something is not sound, or a value does not fit its plain type
   */
  public boolean next() throws IOException {
    try {
      while (plain == null || !plain.next()) {
        if (!(file == null ? nextOfStream() : nextOfFile())) {
          return false;
        }
        if (plain == null) {
          return true;
        }
        plain.start();
      }
      return true;
    } catch (OutOfMemoryException e) {
      throw new IOException(
          String.format(
              "%s: the batch at byte %d needs more memory than the %d bytes that reading may take;"
                  + " write it in smaller batches",
              source.name(), start, allocator.getLimit()),
          e);
    } catch (NormalizedBatches.NoPlace e) {
      throw new IOException(
          String.format(
              "%s: batch at byte %d, %s; write the column with another type",
              source.name(), start, e.getMessage()),
          e);
    } catch (RuntimeException | AssertionError e) { // of flatbuffers and Arrow, on bad data
      throw messages.broken(start, said(e), e);
    }
  }

  private boolean nextOfFile() throws IOException {
    if (block == blocks.size()) {
      return false;
    }
    if (block == 0 && dictionaries.anyWanted()) {
      for (FileFooter.Block each : file.dictionaries()) {
        load(message(each));
      }
    }
    load(message(blocks.get(block++)));
    return true;
  }

  private Message message(FileFooter.Block each) throws IOException {
    start = each.offset();
    return messages.at(each);
  }

  private boolean nextOfStream() throws IOException {
    boolean batch = false;
    while (!batch) {
      start = messages.position();
      if (start == source.size()) {
        return false; // the end mark may be missing
      }
      Message message = messages.next();
      if (message == null) {
        if (messages.position() != source.size()) {
          throw messages.broken("bytes follow behind its end mark, was it made with cat?");
        }
        return false;
      }
      batch = load(message);
    }
    return true;
  }

  /** True for a record batch, false for a dictionary. */
  private boolean load(Message message) throws IOException {
    long at = messages.position();
    long body = message.bodyLength();
    if (body < 0 || body > source.size() - at) {
      throw messages.broken(start, "it claims a body of " + body + " bytes", null);
    }
    boolean before5 = message.version() < MetadataVersion.V5;
    if (message.version() < MetadataVersion.V4) {
      throw messages.broken(start, "its metadata are older than Arrow 0.8 writes", null);
    }
    switch (message.headerType()) {
      case MessageHeader.RecordBatch ->
          load((RecordBatch) message.header(new RecordBatch()), before5, at, body);
      case MessageHeader.DictionaryBatch ->
          dictionaries.load(
              messages,
              (DictionaryBatch) message.header(new DictionaryBatch()),
              before5,
              at,
              body,
              file == null,
              allocator);
      default -> throw messages.broken(start, "it is neither record batch nor dictionary", null);
    }
    messages.position(at + body);
    return message.headerType() == MessageHeader.RecordBatch;
  }

  private void load(RecordBatch message, boolean before5, long at, long body) throws IOException {
    dictionaries.requireAll();
    BatchMetadata batch = BatchMetadata.check(message, before5, stored, body);
    for (int i = 0; i < places.size(); i++) {
      int place = places.get(i);
      new BatchLoader(messages, at, batch, allocator)
          .load(place, stored.get(place), loaded.getVector(i));
    }
    loaded.setRowCount(batch.rows());
  }

  /** What an exception on bad data says of them. */
  static String said(Throwable e) {
    return e instanceof IllegalArgumentException && e.getMessage() != null
        ? e.getMessage()
        : "its bytes make no sense (" + e + ")";
  }

  @Override
  public void close() throws IOException {
    try (source) {
      if (plain != null) {
        plain.close();
      }
      if (loaded != null) {
        loaded.close();
      }
      dictionaries.close();
    }
  }
}
