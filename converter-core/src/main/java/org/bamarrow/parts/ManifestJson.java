package org.bamarrow.parts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import java.io.IOException;
import java.io.StringWriter;
import org.bamarrow.io.ByteSource;

/** A manifest as JSON. */
final class ManifestJson {
  /** Far above the size of any manifest. */
  private static final int MAX_BYTES = 1 << 28;

  static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(MAX_BYTES).build())
                  .build())
          .setAnnotationIntrospector(new Required())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private ManifestJson() {}

  /** What is written only where there is a value may be missing, and nothing else. */
  private static final class Required extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public Boolean hasRequiredMarker(AnnotatedMember member) {
      return !member.hasAnnotation(JsonInclude.class);
    }
  }

  /**
   * The manifest of a directory, checked.
   *
   * @throws BrokenManifestException if it is inconsistent
   */
  static Manifest load(PartStore store) throws IOException {
    byte[] text;
    try (ByteSource source = store.open(Manifest.NAME)) {
      if (source.size() > MAX_BYTES) {
        throw Manifest.broken(
            store.name(), "it has " + source.size() + " bytes, over " + MAX_BYTES);
      }
      text = new byte[(int) source.size()];
      if (source.read(0, text, 0, text.length) < text.length) {
        throw Manifest.broken(store.name(), "it became shorter while it was read");
      }
    }
    try {
      String version = version(text);
      if (!version.equals("" + Manifest.VERSION) && !version.equals("" + Manifest.PARTITIONED)) {
        throw Manifest.broken(
            store.name(),
            String.format(
                "it is of version %s, this program knows %d and %d",
                version, Manifest.VERSION, Manifest.PARTITIONED));
      }
      Manifest manifest = JSON.readValue(text, Manifest.class);
      manifest.validate(store.name());
      return manifest;
    } catch (JsonProcessingException e) {
      throw Manifest.broken(
          store.name(),
          e.getOriginalMessage().replaceFirst("(?s) \\((index|start marker).*|\\R.*", ""));
    }
  }

  /** The version as it is written; {@code null} without one. */
  private static String version(byte[] text) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "null";
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean isVersion = parser.currentName().equals("version");
        JsonToken value = parser.nextToken();
        if (isVersion) {
          return value == JsonToken.VALUE_NUMBER_INT ? parser.getText() : "null";
        }
        parser.skipChildren();
      }
      return "null";
    }
  }

  /**
   * Any value as the text of JSON, of which thousands take little memory. It is not examined: who
   * uses it does that.
   */
  static final class Text extends JsonDeserializer<String> {
    @Override
    public String deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      StringWriter text = new StringWriter();
      try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
        json.copyCurrentStructure(parser);
      }
      return text.toString();
    }
  }
}
