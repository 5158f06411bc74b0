package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.compression.CompressionUtil;
import org.bamarrow.internal.base.LittleEndian;

/**
 * A record batch that has been located and not loaded, with its metadata. Immutable, for any
 * thread.
 *
 * @param start 0-based offset of the message
 * @param body 0-based offset of its body
 * @param message the metadata, not checked yet
 * @param dictionaries the dictionary batches before a record batch, in the order in which they are
 *     applied, and maybe some after it
 * @param before how many of them are before it
 */
public record BatchPlace(
    long start, long body, Message message, List<BatchPlace> dictionaries, int before) {
  /** Of what invalid metadata claim. */
  static final long MOST = Long.MAX_VALUE / 2;

  private static final int PREFIX = (int) CompressionUtil.SIZE_OF_UNCOMPRESSED_LENGTH;

  boolean isBeforeV5() {
    return message.version() < MetadataVersion.V5;
  }

  /** Whether the message can be copied to another file as it is. */
  public boolean isCopyable() {
    return StoredBatch.isCopyable(!isBeforeV5(), start, body - start, message.bodyLength());
  }

  /**
   * Bytes that the buffers take in memory: as stored and, if they are compressed, uncompressed.
   * What invalid metadata claim counts as well; loading the batch finds them.
   *
   * @param messages of the source
   */
  long bytes(IpcMessages messages) throws IOException {
    RecordBatch batch =
        message.headerType() == MessageHeader.DictionaryBatch
            ? ((DictionaryBatch) message.header(new DictionaryBatch())).data()
            : (RecordBatch) message.header(new RecordBatch());
    long stored = message.bodyLength();
    if (batch == null || batch.compression() == null) {
      return stored;
    }
    long bytes = stored;
    byte[] prefix = new byte[PREFIX];
    for (int i = 0; i < batch.buffersLength(); i++) {
      Buffer buffer = batch.buffers(i);
      long at = buffer.offset();
      if (buffer.length() >= PREFIX && at >= 0 && at <= stored - PREFIX) {
        messages.read(body + at, prefix, PREFIX);
        long length = LittleEndian.int64(prefix, 0);
        bytes += Math.max(length, buffer.length()); // -1: not compressed
        bytes = bytes < 0 || bytes > MOST ? MOST : bytes;
      }
    }
    return bytes;
  }
}
