package org.bamarrow.internal.ipc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.bamarrow.internal.zone.ColumnZone;
import org.bamarrow.internal.zone.ColumnZone.Numbers;
import org.bamarrow.internal.zone.ColumnZone.Texts;
import org.bamarrow.internal.zone.ReferenceZone;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneColumns.Column;
import org.bamarrow.internal.zone.ZoneMap;

/**
 * What is known of all rows of a file as one JSON object of bounded size, with the names of {@link
 * ZoneTable}. {@code docs/schema.md} describes it.
 */
public final class ZoneJson {
  /** Maximum number of columns with statistics: the first ones. */
  static final int MAX_COLUMNS = 256;

  /** Maximum bytes of all reference names; with more the references are left out. */
  static final int MAX_NAME_BYTES = 1 << 12;

  private static final JsonFactory JSON = new JsonFactory();

  private ZoneJson() {}

  /** The object; null if nothing is known, or there are no batches. */
  public static String write(ZoneMap map) throws IOException {
    List<Zone> all = map.zones(1);
    return all == null || all.isEmpty() ? null : write(map.columns(), all.get(0));
  }

  static String write(ZoneColumns columns, Zone zone) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField(ZoneTable.BATCHES, zone.batches());
      json.writeBooleanField(ZoneTable.SORTED, zone.sorted());
      if (zone.references() != null && isListed(zone.references())) {
        writeReferences(json, zone.references());
      }
      writeStatistics(json, columns, zone);
      json.writeEndObject();
    }
    return text.toString();
  }

  private static boolean isListed(List<ReferenceZone> references) {
    long bytes = references.stream().mapToLong(each -> each.name().length).sum();
    return bytes <= MAX_NAME_BYTES && references.stream().allMatch(each -> isText(each.name()));
  }

  /** Whether bytes are UTF-8: text of Spark need not be. */
  private static boolean isText(byte[] bytes) {
    return Arrays.equals(bytes, text(bytes).getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void writeReferences(JsonGenerator json, List<ReferenceZone> references)
      throws IOException {
    json.writeArrayFieldStart(ZoneTable.REFERENCES);
    for (ReferenceZone each : references) {
      json.writeStartObject();
      json.writeStringField(ZoneTable.RNAME, text(each.name()));
      json.writeNumberField(ZoneTable.ROWS, each.rows());
      writePosition(json, ZoneTable.POS_MIN, each.minPos());
      writePosition(json, ZoneTable.POS_MAX, each.maxPos());
      writePosition(json, ZoneTable.END_MAX, each.maxEnd());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writePosition(JsonGenerator json, String name, long position)
      throws IOException {
    if (position != ReferenceZone.UNKNOWN) {
      json.writeNumberField(name, position);
    }
  }

  private static void writeStatistics(JsonGenerator json, ZoneColumns columns, Zone zone)
      throws IOException {
    int flag = columns.indexOf("flag", null);
    int count = Math.min(columns.size(), MAX_COLUMNS);
    json.writeObjectFieldStart(ZoneTable.STATISTICS);
    for (int i = 0; i < count; ) {
      json.writeObjectFieldStart(columns.columns().get(i).name());
      writeColumn(json, columns.columns().get(i), zone.columns().get(i));
      if (i == flag && zone.flags() != null && zone.flags().isValid()) {
        json.writeNumberField(ZoneTable.AND, zone.flags().and());
        json.writeNumberField(ZoneTable.OR, zone.flags().or());
      }
      for (i++; i < count && columns.columns().get(i).child() != null; i++) {
        json.writeObjectFieldStart(columns.columns().get(i).child());
        writeColumn(json, columns.columns().get(i), zone.columns().get(i));
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeColumn(JsonGenerator json, Column column, ColumnZone zone)
      throws IOException {
    if (zone.nulls() != ColumnZone.UNKNOWN) {
      json.writeNumberField(ZoneTable.NULLS, zone.nulls());
    }
    if (zone.bounds() instanceof Texts texts && isText(texts.min()) && isText(texts.max())) {
      json.writeStringField(ZoneTable.MIN, text(texts.min()));
      json.writeStringField(ZoneTable.MAX, text(texts.max()));
    } else if (zone.bounds() instanceof Numbers numbers
        && column.kind() == ZoneColumns.Kind.INTEGER) {
      json.writeNumberField(ZoneTable.MIN, numbers.min());
      json.writeNumberField(ZoneTable.MAX, numbers.max());
    } else if (zone.bounds() instanceof Numbers numbers) {
      double min = ColumnZone.toDouble(numbers.min());
      double max = ColumnZone.toDouble(numbers.max());
      if (Double.isFinite(min) && Double.isFinite(max)) { // JSON has no others
        json.writeNumberField(ZoneTable.MIN, min);
        json.writeNumberField(ZoneTable.MAX, max);
      }
    }
  }
}
