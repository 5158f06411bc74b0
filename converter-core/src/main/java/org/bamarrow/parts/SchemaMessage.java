package org.bamarrow.parts;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.util.Base64;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.io.Sha256;

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

  static String sha256(Schema schema) throws IOException {
    return Sha256.hex(bytes(schema));
  }

  static Schema fromBase64(String text) throws IOException {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return MessageSerializer.deserializeSchema(
          new ReadChannel(Channels.newChannel(new ByteArrayInputStream(bytes))));
    } catch (RuntimeException e) { // of all kinds, from Arrow on broken data
      throw new IOException("the schema in " + Manifest.NAME + " is broken: " + e, e);
    }
  }
}
