package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/**
 * A record batch as an encapsulated IPC message: serialized metadata, and the body in the buffers
 * of the batch. Owns the batch; closing it frees the body.
 */
public final class IpcMessage implements AutoCloseable {
  private static final int CONTINUATION = 0xffffffff;
  private static final ByteBuffer PADDING = ByteBuffer.allocateDirect(8).asReadOnlyBuffer();

  private final ArrowRecordBatch batch;
  private final ByteBuffer head;
  private final long bodyLength;

  public IpcMessage(ArrowRecordBatch batch) {
    this.batch = batch;
    this.head = encapsulate(MessageSerializer.serializeMetadata(batch, IpcOption.DEFAULT));
    this.bodyLength = batch.computeBodyLength();
  }

  /** Continuation marker, length and metadata, padded with zeros to a multiple of 8 bytes. */
  static ByteBuffer encapsulate(ByteBuffer metadata) {
    int padded = metadata.remaining() + 7 & ~7;
    ByteBuffer head = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    head.putInt(CONTINUATION).putInt(padded).put(metadata);
    return head.clear();
  }

  int rows() {
    return batch.getLength();
  }

  /** Length of the message in bytes. */
  long length() {
    return head.capacity() + bodyLength;
  }

  /** The footer entry for the message at the 0-based file offset {@code offset}. */
  ArrowBlock block(long offset) {
    return new ArrowBlock(offset, head.capacity(), bodyLength);
  }

  /** Writes the message to {@code sink} in consecutive parts. */
  void write(Sink sink) throws IOException {
    sink.write(head.duplicate());
    for (ByteBuffer part : body()) {
      sink.write(part);
    }
  }

  /** Receives the next bytes of a message. */
  interface Sink {
    void write(ByteBuffer bytes) throws IOException;
  }

  /** The body: each buffer, followed by its padding. */
  private List<ByteBuffer> body() {
    List<ByteBuffer> parts = new ArrayList<>();
    for (ArrowBuf buffer : batch.getBuffers()) {
      long length = buffer.readableBytes();
      if (length > 0) {
        parts.add(MemoryUtil.directBuffer(buffer.memoryAddress(), (int) length));
      }
      if (padded(length) > length) {
        parts.add(PADDING.duplicate().limit((int) (padded(length) - length)));
      }
    }
    return parts;
  }

  private static long padded(long length) {
    return length + 7 & ~7L;
  }

  @Override
  public void close() {
    batch.close();
  }
}
