package org.bamarrow.internal.ipc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.NoCompressionCodec;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowDictionaryBatch;
import org.apache.arrow.vector.ipc.message.ArrowFooter;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * An Arrow file or stream, message by message: with deltas and replacements of dictionaries, which
 * Arrow's own writers do not make.
 */
public final class HandMadeIpc {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final WriteChannel out = new WriteChannel(Channels.newChannel(bytes));
  private final List<ArrowBlock> dictionaries = new ArrayList<>();
  private final List<ArrowBlock> batches = new ArrayList<>();
  private final Schema schema;
  private final boolean file;
  private final CompressionCodec codec;

  /**
   * @param schema with the dictionaries' encodings, and their values' types
   */
  public HandMadeIpc(Schema schema, boolean file, CompressionCodec codec) throws IOException {
    this.schema = schema;
    this.file = file;
    this.codec = codec;
    if (file) {
      out.write("ARROW1\0\0".getBytes(StandardCharsets.US_ASCII));
    }
    MessageSerializer.serialize(out, schema);
  }

  public HandMadeIpc(Schema schema, boolean file) throws IOException {
    this(schema, file, NoCompressionCodec.INSTANCE);
  }

  /** The values of a dictionary, or more of them. */
  public HandMadeIpc dictionary(long id, boolean delta, FieldVector values) throws IOException {
    VectorSchemaRoot root = VectorSchemaRoot.of(values);
    root.setRowCount(values.getValueCount());
    try (ArrowDictionaryBatch batch = new ArrowDictionaryBatch(id, batch(root), delta)) {
      dictionaries.add(MessageSerializer.serialize(out, batch));
    }
    return this;
  }

  /** A batch of columns as they lie in a body. */
  public HandMadeIpc batch(FieldVector... columns) throws IOException {
    VectorSchemaRoot root = VectorSchemaRoot.of(columns);
    root.setRowCount(columns[0].getValueCount());
    try (ArrowRecordBatch batch = batch(root)) {
      batches.add(MessageSerializer.serialize(out, batch));
    }
    return this;
  }

  private ArrowRecordBatch batch(VectorSchemaRoot root) {
    return new VectorUnloader(root, true, codec, true).getRecordBatch();
  }

  public byte[] bytes() throws IOException {
    out.writeIntLittleEndian(-1);
    out.writeIntLittleEndian(0);
    if (file) {
      long start = out.getCurrentPosition();
      out.write(new ArrowFooter(schema, dictionaries, batches), false);
      out.writeIntLittleEndian((int) (out.getCurrentPosition() - start));
      out.write("ARROW1".getBytes(StandardCharsets.US_ASCII));
    }
    return bytes.toByteArray();
  }
}
