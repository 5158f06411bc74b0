package org.bamarrow.internal.ipc;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.FBSerializables;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A schema on its way into IPC messages, byte for byte what Arrow's {@link Schema} gives. That
 * class starts a JSON library when it is loaded, for which the first batches of a conversion would
 * wait 60 ms.
 */
public record IpcSchema(List<Field> fields, Map<String, String> metadata) {
  private static final int LARGE = 1 << 20;

  public IpcSchema {
    fields = List.copyOf(fields);
    metadata = Collections.unmodifiableMap(new HashMap<>(metadata)); // in the order of Arrow's
  }

  public static IpcSchema of(Schema schema) {
    return new IpcSchema(schema.getFields(), schema.getCustomMetadata());
  }

  public Schema toArrow() {
    return new Schema(fields, metadata);
  }

  /**
   * The schema in front of a file's batches, whose readers take it from the footer: without headers
   * and dictionaries of more than {@link #LARGE} characters in all, which so stand there once.
   */
  IpcSchema front() {
    long large =
        metadata.entrySet().stream()
            .filter(entry -> isOfInputs(entry.getKey()))
            .mapToLong(entry -> entry.getValue().length())
            .sum();
    if (large <= LARGE) {
      return this;
    }
    Map<String, String> rest = new HashMap<>(metadata);
    rest.keySet().removeIf(IpcSchema::isOfInputs);
    return new IpcSchema(fields, rest);
  }

  private static boolean isOfInputs(String key) {
    return key.startsWith("bamarrow.header") || key.equals("bamarrow.references");
  }

  /** The metadata of the schema message. */
  ByteBuffer message() {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    return MessageSerializer.serializeMessage(
        builder, MessageHeader.Schema, writeTo(builder), 0, IpcOption.DEFAULT);
  }

  /** The footer of a file of this schema, without its length and the closing magic. */
  ByteBuffer footer(List<ArrowBlock> recordBatches) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int schema = writeTo(builder);
    Footer.startDictionariesVector(builder, 0);
    int dictionaries = builder.endVector();
    Footer.startRecordBatchesVector(builder, recordBatches.size());
    int batches = FBSerializables.writeAllStructsToVector(builder, recordBatches);
    Footer.startFooter(builder);
    Footer.addSchema(builder, schema);
    Footer.addDictionaries(builder, dictionaries);
    Footer.addRecordBatches(builder, batches);
    Footer.addVersion(builder, IpcOption.DEFAULT.metadataVersion.toFlatbufID());
    builder.finish(Footer.endFooter(builder));
    return builder.dataBuffer();
  }

  private int writeTo(FlatBufferBuilder builder) {
    int[] columns = fields.stream().mapToInt(field -> field.getField(builder)).toArray();
    int fieldsVector = org.apache.arrow.flatbuf.Schema.createFieldsVector(builder, columns);
    int keyValues = FBSerializables.writeKeyValues(builder, metadata);
    org.apache.arrow.flatbuf.Schema.startSchema(builder);
    org.apache.arrow.flatbuf.Schema.addEndianness(
        builder,
        ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? Endianness.Big : Endianness.Little);
    org.apache.arrow.flatbuf.Schema.addFields(builder, fieldsVector);
    org.apache.arrow.flatbuf.Schema.addCustomMetadata(builder, keyValues);
    return org.apache.arrow.flatbuf.Schema.endSchema(builder);
  }
}
