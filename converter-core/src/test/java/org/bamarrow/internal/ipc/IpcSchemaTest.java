package org.bamarrow.internal.ipc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowFooter;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.column.BatchSchema;
import org.junit.jupiter.api.Test;

final class IpcSchemaTest {
  private static final Schema SCHEMA = new Schema(fields(), metadata());

  /** Columns of every kind that there is: text, integers, a struct, lists and a map. */
  private static List<Field> fields() {
    List<TagType> types = Stream.of("NM:i", "MD:Z", "ML:B:C", "XF:f").map(TagType::parse).toList();
    return new BatchSchema(ColumnOptions.defaults(), TagOptions.defaults(), types).fields();
  }

  private static Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    for (int i = 0; i < 40; i++) {
      metadata.put("bamarrow.key." + i, "value \u00e4 " + i);
    }
    return metadata;
  }

  @Test
  void theSchemaMessageHasTheBytesOfArrow() {
    assertEquals(
        MessageSerializer.serializeMetadata(SCHEMA, IpcOption.DEFAULT),
        IpcSchema.of(SCHEMA).message());
    assertEquals(IpcSchema.of(SCHEMA).message(), new IpcSchema(fields(), metadata()).message());
    assertEquals(SCHEMA, new IpcSchema(fields(), metadata()).toArrow());
  }

  @Test
  void theFooterHasTheBytesOfArrow() {
    List<ArrowBlock> blocks = new ArrayList<>();
    for (int count = 0; count < 3; count++) {
      FlatBufferBuilder builder = new FlatBufferBuilder();
      builder.finish(new ArrowFooter(SCHEMA, List.of(), blocks).writeTo(builder));
      assertEquals(
          builder.dataBuffer(), IpcSchema.of(SCHEMA).footer(blocks, Map.of()), count + " batches");
      blocks.add(new ArrowBlock(1000L + count, 256, 1L << 33));
    }
  }
}
