package org.bamarrow.internal.ipc;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Footer;
import org.apache.arrow.flatbuf.KeyValue;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.FBSerializables;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A schema that is serialized to IPC messages with the same bytes as Arrow's {@link Schema}, or was
 * read from one. That class initializes a JSON library, which takes longer than a small region to
 * read (see docs/performance.md, "Start-up and the JVM").
 */
public record IpcSchema(List<Field> fields, Map<String, String> metadata) {
  private static final int LARGE = 1 << 20;

  public IpcSchema {
    fields = List.copyOf(fields);
    metadata = Collections.unmodifiableMap(new HashMap<>(metadata)); // same order as Arrow's
  }

  public static IpcSchema of(Schema schema) {
    return new IpcSchema(schema.getFields(), schema.getCustomMetadata());
  }

  public Schema toArrow() {
    return new Schema(fields, metadata);
  }

  /**
   * The schema at the start of a file, without headers and sequence dictionaries if these have more
   * than {@link #LARGE} characters in total: readers of files take the schema from the footer, so
   * large metadata are written once.
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

  /**
   * The footer of a file of this schema, without its length and the closing magic. The values of
   * the metadata come last in it, so that readers can leave them out.
   *
   * @param footerMetadata metadata of the footer; left out if empty
   */
  ByteBuffer footer(List<ArrowBlock> recordBatches, Map<String, String> footerMetadata) {
    FlatBufferBuilder builder = new FlatBufferBuilder(); // writes from the end
    Map<String, Integer> values = new LinkedHashMap<>();
    footerMetadata.forEach((key, value) -> values.put(key, builder.createString(value)));
    int schema = writeTo(builder);
    Footer.startDictionariesVector(builder, 0);
    int dictionaries = builder.endVector();
    Footer.startRecordBatchesVector(builder, recordBatches.size());
    int batches = FBSerializables.writeAllStructsToVector(builder, recordBatches);
    int keyValues = values.isEmpty() ? 0 : keyValues(builder, values);
    Footer.startFooter(builder);
    Footer.addSchema(builder, schema);
    Footer.addDictionaries(builder, dictionaries);
    Footer.addRecordBatches(builder, batches);
    if (!footerMetadata.isEmpty()) {
      Footer.addCustomMetadata(builder, keyValues);
    }
    Footer.addVersion(builder, IpcOption.DEFAULT.metadataVersion.toFlatbufID());
    builder.finish(Footer.endFooter(builder));
    return builder.dataBuffer();
  }

  private static int keyValues(FlatBufferBuilder builder, Map<String, Integer> values) {
    int[] pairs = new int[values.size()];
    int next = 0;
    for (Map.Entry<String, Integer> each : values.entrySet()) {
      int key = builder.createString(each.getKey());
      pairs[next++] = KeyValue.createKeyValue(builder, key, each.getValue());
    }
    return Footer.createCustomMetadataVector(builder, pairs);
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
