package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.bamarrow.io.ArrowFormatException;
import org.bamarrow.io.ByteSource;

/** Locates the chosen record batches of a file, or all of a stream, in their order. */
final class BatchPlaces {
  private final ByteSource source;
  private final IpcMessages messages;

  /** Null for a stream. */
  private final FileFooter file;

  /** The dictionary batches so far; other threads read from it. */
  private final List<BatchPlace> dictionaries = Collections.synchronizedList(new ArrayList<>());

  /** Bytes of the dictionaries so far by id, if they are needed. */
  private final Map<Long, Long> dictionaryBytes = new HashMap<>();

  private boolean needsDictionaries;

  /** The dictionary batches of a file that are still to be read. */
  private List<FileFooter.Block> dictionariesLeft = List.of();

  private List<FileFooter.Block> blocks = List.of();
  private int block;
  private long start = ArrowFormatException.UNKNOWN;

  /**
   * @param messages at the first message after the schema
   * @param file null for a stream
   */
  BatchPlaces(ByteSource source, IpcMessages messages, FileFooter file) {
    this.source = source;
    this.messages = messages;
    this.file = file;
  }

  /**
   * Chooses batches.
   *
   * @param chosen of a file
   * @param begin minimum offset of the batches of a stream, which all have offset 0
   * @param withDictionaries whether they are needed
   */
  void choose(List<FileFooter.Block> chosen, long begin, boolean withDictionaries) {
    needsDictionaries = withDictionaries;
    if (file != null) {
      blocks = chosen;
      dictionariesLeft = withDictionaries ? file.dictionaries() : List.of();
    } else if (begin > 0) {
      messages.position(source.size());
    }
  }

  /** The dictionary batches so far. */
  List<BatchPlace> dictionaries() {
    return dictionaries;
  }

  /** Bytes that the dictionaries so far take in memory, as {@link BatchPlace#bytes}. */
  long dictionaryBytes() {
    return dictionaryBytes.values().stream().reduce(0L, (a, b) -> Math.min(a + b, BatchPlace.MOST));
  }

  /** The next record batch; null after the last one. */
  BatchPlace next() throws IOException {
    try {
      return file == null ? nextOfStream() : nextOfFile();
    } catch (RuntimeException | AssertionError e) { // of flatbuffers and Arrow, on bad data
      throw messages.broken(start, IpcBatches.said(e), e);
    }
  }

  /** As {@link BatchPlace#bytes}. */
  long bytes(BatchPlace place) throws IOException {
    try {
      return place.bytes(messages);
    } catch (RuntimeException | AssertionError e) {
      throw messages.broken(place.start(), IpcBatches.said(e), e);
    }
  }

  private BatchPlace nextOfFile() throws IOException {
    if (block == blocks.size()) {
      return null;
    }
    for (FileFooter.Block each : dictionariesLeft) {
      addDictionary(place(message(each)));
    }
    dictionariesLeft = List.of();
    BatchPlace place = place(message(blocks.get(block++)));
    if (place.message().headerType() != MessageHeader.RecordBatch) {
      throw messages.broken(start, "message is not a record batch", null);
    }
    return place;
  }

  private Message message(FileFooter.Block each) throws IOException {
    start = each.offset();
    return messages.at(each);
  }

  private BatchPlace nextOfStream() throws IOException {
    for (; ; ) {
      start = messages.position();
      Message message = nextMessage();
      if (message == null) {
        return null;
      }
      BatchPlace place = place(message);
      if (message.headerType() == MessageHeader.RecordBatch) {
        return place;
      }
      addDictionary(place);
    }
  }

  private Message nextMessage() throws IOException {
    if (start == source.size()) {
      return null; // the end-of-stream marker is optional
    }
    Message message = messages.next();
    if (message == null && messages.position() != source.size()) {
      throw messages.broken(
          "data after the end-of-stream marker; the file was probably made with cat");
    }
    return message;
  }

  private void addDictionary(BatchPlace place) throws IOException {
    if (place.message().headerType() != MessageHeader.DictionaryBatch) {
      throw messages.broken(
          start, "message is neither a record batch nor a dictionary batch", null);
    }
    dictionaries.add(place);
    if (needsDictionaries) {
      DictionaryBatch batch = (DictionaryBatch) place.message().header(new DictionaryBatch());
      long before = batch.isDelta() ? dictionaryBytes.getOrDefault(batch.id(), 0L) : 0;
      long bytes = Math.min(before + place.bytes(messages), BatchPlace.MOST);
      dictionaryBytes.put(batch.id(), bytes);
    }
  }

  /** Of the message just read; moves after its body. */
  private BatchPlace place(Message message) throws IOException {
    long at = messages.position();
    long body = message.bodyLength();
    if (body < 0 || body > source.size() - at) {
      throw messages.broken(start, "invalid body length of " + body + " bytes", null);
    }
    if (message.version() < MetadataVersion.V4) {
      throw messages.broken(start, "metadata version before V4 (Arrow 0.8) is not supported", null);
    }
    messages.position(at + body);
    return new BatchPlace(start, at, message, dictionaries, dictionaries.size());
  }
}
