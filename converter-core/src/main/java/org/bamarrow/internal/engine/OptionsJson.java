package org.bamarrow.internal.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ColumnProfile;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.Regions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.internal.base.ByteStringSet;

/**
 * The options that affect the output, as JSON. Its keys are stable: they do not follow renamed
 * components of the option records. Written field by field, see docs/performance.md, "Start-up and
 * the JVM".
 */
public final class OptionsJson {
  /** Writes one JSON value. */
  interface Value {
    void write(JsonGenerator json) throws IOException;
  }

  /** Maximum length of a filter list that is written in full; of longer ones, the digest. */
  private static final int LONGEST_LIST = 100;

  private OptionsJson() {}

  /**
   * The options on which the bytes of the output depend; these exclude threads and memory.
   *
   * @param regions as resolved for the inputs
   */
  static String of(ConvertOptions options, List<Regions> regions) {
    return write(
        json -> {
          json.writeStartObject();
          columns(json, options.columns());
          tags(json, options.tags());
          rows(json, options.rows());
          regions(json, regions);
          batches(json, options.batches());
          json.writeStringField("compression", options.output().compression().name());
          json.writeBooleanField("allowMissingEof", options.allowMissingEof());
          json.writeEndObject();
        });
  }

  /**
   * The filters and regions alone, as in the options of a conversion.
   *
   * @param regions as resolved for the inputs
   */
  public static String filters(RowOptions rows, List<Regions> regions) {
    return write(
        json -> {
          json.writeStartObject();
          rows(json, rows);
          regions(json, regions);
          json.writeEndObject();
        });
  }

  static String write(Value value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      value.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter does not fail
    }
    return text.toString();
  }

  private static void columns(JsonGenerator json, ColumnOptions columns) throws IOException {
    json.writeObjectFieldStart("columns");
    strings(json, "names", columns.names());
    json.writeBooleanField("zeroBased", columns.coordinates() == Coordinates.ZERO_BASED);
    json.writeBooleanField("qualNumbers", columns.qual() == QualForm.NUMBERS);
    json.writeBooleanField("cigarOps", columns.cigar() == CigarForm.OPS);
    json.writeBooleanField("latin1", columns.textEncoding() == TextEncoding.LATIN_1);
    json.writeStringField("profile", columns.profile() == ColumnProfile.ROGTK ? "rogtk" : null);
    json.writeEndObject();
  }

  private static void tags(JsonGenerator json, TagOptions tags) throws IOException {
    json.writeObjectFieldStart("tags");
    json.writeStringField("mode", tags.mode().name());
    strings(json, "listed", tags.listed().stream().map(TagType::toString).toList());
    json.writeStringField("other", tags.other().name());
    json.writeBooleanField("failOnMismatch", tags.failOnMismatch());
    json.writeBooleanField("failOnDuplicate", tags.failOnDuplicate());
    json.writeObjectFieldStart("projection");
    if (tags.projection().names() == null) {
      json.writeNullField("names");
    } else {
      strings(json, "names", tags.projection().names());
    }
    json.writeBooleanField("tags", tags.projection().tags());
    json.writeBooleanField("otherTags", tags.projection().otherTags());
    json.writeEndObject();
    json.writeBooleanField("caseInsensitive", tags.caseInsensitive());
    json.writeEndObject();
  }

  private static void rows(JsonGenerator json, RowOptions rows) throws IOException {
    json.writeObjectFieldStart("rows");
    json.writeNumberField("requireFlags", rows.requireFlags());
    json.writeNumberField("excludeFlags", rows.excludeFlags());
    json.writeNumberField("excludeAllFlags", rows.excludeAllFlags());
    json.writeNumberField("minMapq", rows.minMapq());
    set(json, "readGroups", rows.readGroups());
    json.writeStringField("tag", rows.tag());
    set(json, "tagValues", rows.tagValues());
    set(json, "names", rows.names());
    json.writeNumberField("fraction", rows.fraction());
    json.writeNumberField("seed", rows.seed());
    json.writeNumberField("limit", rows.limit());
    // Only if set: the metadata of a conversion without them are those of earlier versions.
    if (rows.excludeReadGroups()) {
      json.writeBooleanField("excludeReadGroups", true);
    }
    if (rows.excludeNames()) {
      json.writeBooleanField("excludeNames", true);
    }
    if (!rows.expressions().isEmpty()) {
      strings(json, "expressions", rows.expressions());
    }
    json.writeEndObject();
  }

  private static void regions(JsonGenerator json, List<Regions> regions) throws IOException {
    json.writeArrayFieldStart("regions");
    for (Regions each : regions) {
      if (!each.isAll()) {
        json.writeStartObject();
        set(json, "places", RegionOptions.texts(each));
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private static void batches(JsonGenerator json, BatchOptions batches) throws IOException {
    json.writeObjectFieldStart("batches");
    json.writeNumberField("rows", batches.rows());
    json.writeNumberField("chunkBytes", batches.chunkBytes());
    json.writeNumberField("inflatedBytes", batches.inflatedBytes());
    json.writeEndObject();
  }

  /**
   * Writes a set in sorted order, so that equal options give equal bytes; of a long set, its count
   * and digest, because a list of names may have millions of entries and every reader of a schema
   * reads it completely.
   */
  private static void set(JsonGenerator json, String name, Collection<String> values)
      throws IOException {
    if (values == null) {
      json.writeNullField(name);
    } else if (values.size() > LONGEST_LIST) {
      json.writeObjectFieldStart(name);
      json.writeNumberField("count", values.size());
      json.writeStringField("sha256", ByteStringSet.of(values).sha256());
      json.writeEndObject();
    } else {
      strings(json, name, new TreeSet<>(values));
    }
  }

  private static void strings(JsonGenerator json, String name, Collection<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }
}
