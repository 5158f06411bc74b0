package org.bamarrow.parts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Base64;
import java.util.Map;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.internal.ipc.IpcMessages;

/** A schema as an encapsulated IPC message: what every Arrow library can read. */
final class SchemaMessage {
  private SchemaMessage() {}

  private static byte[] bytes(Schema schema) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (WriteChannel channel = new WriteChannel(Channels.newChannel(bytes))) {
      MessageSerializer.serialize(channel, schema);
    }
    return bytes.toByteArray();
  }

  static String toBase64(Schema schema) throws IOException {
    return Base64.getEncoder().encodeToString(bytes(schema));
  }

  /**
   * Whether a part can be one of a whole: the same columns, and no other value of a key that both
   * have. Each may have keys of its own.
   */
  static boolean fits(Schema part, Schema whole) {
    Map<String, String> metadata = InputMetadata.metadata(part.getCustomMetadata());
    return part.getFields().equals(whole.getFields())
        && InputMetadata.metadata(whole.getCustomMetadata()).entrySet().stream()
            .allMatch(
                entry ->
                    entry
                        .getValue()
                        .equals(metadata.getOrDefault(entry.getKey(), entry.getValue())));
  }

  static Schema fromBase64(String text) throws IOException {
    try {
      return IpcMessages.schema(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      throw new IOException("the schema in " + Manifest.NAME + " is broken: " + e.getMessage(), e);
    }
  }
}
