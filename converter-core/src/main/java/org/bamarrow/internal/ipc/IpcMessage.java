package org.bamarrow.internal.ipc;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.util.MemoryUtil;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowBuffer;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.FBSerializables;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.bamarrow.internal.zone.Zone;

/**
 * A record batch as an encapsulated IPC message: serialized metadata, and the body in the buffers
 * of the batch. Buffers that are the same piece of memory are written once; their entries in the
 * metadata are equal, which the Arrow format leaves open. Owns the batch; closing it frees the
 * body.
 */
public final class IpcMessage implements AutoCloseable {
  private static final int CONTINUATION = 0xffffffff;
  private static final ByteBuffer PADDING = ByteBuffer.allocateDirect(8).asReadOnlyBuffer();

  private final ArrowRecordBatch batch;

  /** Null if nothing is known of the rows. */
  private final Zone zone;

  /** The buffers with bytes, each once. */
  private final List<ArrowBuf> written = new ArrayList<>();

  private final ByteBuffer head;
  private final long bodyLength;

  /**
   * @param batch if buffers are adjacent in memory, the padding between them is zero
   */
  public IpcMessage(ArrowRecordBatch batch) {
    this(batch, null);
  }

  /**
   * As the other constructor.
   *
   * @param zone what is known of the rows, or null
   */
  public IpcMessage(ArrowRecordBatch batch, Zone zone) {
    this.batch = batch;
    this.zone = zone;
    Map<Long, ArrowBuffer> places = new HashMap<>();
    List<ArrowBuffer> layout = new ArrayList<>();
    long end = 0;
    boolean shared = false;
    for (ArrowBuf buffer : batch.getBuffers()) {
      long length = buffer.readableBytes();
      ArrowBuffer place = new ArrowBuffer(end, length);
      ArrowBuffer same = length == 0 ? null : places.putIfAbsent(buffer.memoryAddress(), place);
      shared |= same != null;
      if (same == null && length > 0) {
        written.add(buffer);
        end += padded(length);
      }
      layout.add(same == null ? place : same);
    }
    this.bodyLength = end;
    this.head =
        encapsulate(
            shared
                ? metadata(batch, layout, end)
                : MessageSerializer.serializeMetadata(batch, IpcOption.DEFAULT));
  }

  /** As {@link MessageSerializer#serializeMetadata}, but with this layout of the body. */
  private static ByteBuffer metadata(
      ArrowRecordBatch batch, List<ArrowBuffer> layout, long bodyLength) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    RecordBatch.startNodesVector(builder, batch.getNodes().size());
    int nodes = FBSerializables.writeAllStructsToVector(builder, batch.getNodes());
    RecordBatch.startBuffersVector(builder, layout.size());
    int buffers = FBSerializables.writeAllStructsToVector(builder, layout);
    int compression = batch.getBodyCompression().writeTo(builder);
    RecordBatch.startRecordBatch(builder);
    RecordBatch.addLength(builder, batch.getLength());
    RecordBatch.addNodes(builder, nodes);
    RecordBatch.addBuffers(builder, buffers);
    RecordBatch.addCompression(builder, compression);
    int message = RecordBatch.endRecordBatch(builder);
    return MessageSerializer.serializeMessage(
        builder, MessageHeader.RecordBatch, message, bodyLength, IpcOption.DEFAULT);
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

  Zone zone() {
    return zone;
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

  /** The body with padding, in as few parts as the memory addresses of the buffers allow. */
  private List<ByteBuffer> body() {
    List<ByteBuffer> parts = new ArrayList<>();
    long start = 0;
    long length = 0;
    for (ArrowBuf buffer : written) {
      long bytes = buffer.readableBytes();
      long padded = padded(length);
      if (start + padded == buffer.memoryAddress() && padded + bytes <= Integer.MAX_VALUE - 8) {
        length = padded + bytes; // adjacent buffers
      } else {
        add(parts, start, length);
        start = buffer.memoryAddress();
        length = bytes;
      }
    }
    add(parts, start, length);
    return parts;
  }

  private static void add(List<ByteBuffer> parts, long start, long length) {
    if (length > 0) {
      parts.add(MemoryUtil.directBuffer(start, (int) length));
      if (padded(length) > length) {
        parts.add(PADDING.duplicate().limit((int) (padded(length) - length)));
      }
    }
  }

  private static long padded(long length) {
    return length + 7 & ~7L;
  }

  @Override
  public void close() {
    batch.close();
  }
}
