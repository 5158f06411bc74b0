package org.bamarrow.internal.ipc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.internal.zone.ColumnZone;
import org.bamarrow.internal.zone.ColumnZone.Numbers;
import org.bamarrow.internal.zone.ColumnZone.Texts;
import org.bamarrow.internal.zone.ReferenceZone;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneColumns.Column;

/**
 * Reads what {@link ZoneJson} writes. As in a {@link ZoneTable}, statistics that are missing, or of
 * another type, are not known; what contradicts itself makes the whole object invalid.
 */
public final class ZoneJsonReader {
  /** Far above the length of any object that is written. */
  private static final int MAX_CHARS = 1 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ZoneColumns columns;
  private final long rows;

  private ZoneJsonReader(ZoneColumns columns, long rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * The zone of all rows of a file.
   *
   * @param columns of the file
   * @param rows of the file
   * @throws IOException if it is not valid
   */
  public static Zone read(String text, ZoneColumns columns, long rows) throws IOException {
    if (text.length() > MAX_CHARS) {
      throw new IOException("it has " + text.length() + " characters");
    }
    JsonNode json = JSON.readTree(text);
    if (!isInt(json.path(ZoneTable.BATCHES)) || json.path(ZoneTable.BATCHES).asInt() < 1) {
      throw new IOException("it is not an object with a number of batches");
    }
    return new ZoneJsonReader(columns, rows).zone(json);
  }

  private Zone zone(JsonNode json) throws IOException {
    JsonNode statistics = json.path(ZoneTable.STATISTICS);
    List<ColumnZone> zones = new ArrayList<>(columns.size());
    for (Column column : columns.columns()) {
      JsonNode of = statistics.path(column.name());
      zones.add(column(column, column.child() == null ? of : of.path(column.child())));
    }
    JsonNode flag = statistics.path("flag");
    boolean bits = isInt(flag.path(ZoneTable.AND)) && isInt(flag.path(ZoneTable.OR));
    Zone.Flags flags =
        bits
            ? new Zone.Flags(flag.path(ZoneTable.AND).asInt(), flag.path(ZoneTable.OR).asInt())
            : null;
    int rname = columns.indexOf(ZoneTable.RNAME, null);
    long unnamed = rname < 0 ? ColumnZone.UNKNOWN : zones.get(rname).nulls();
    return new Zone(
        json.path(ZoneTable.BATCHES).asInt(),
        rows,
        0,
        null,
        zones,
        bits && flags.isValid() ? flags : null,
        references(json.path(ZoneTable.REFERENCES), unnamed),
        json.path(ZoneTable.SORTED).asBoolean(false));
  }

  private static boolean isInt(JsonNode number) {
    return number.isIntegralNumber() && number.canConvertToInt();
  }

  private static boolean isLong(JsonNode number) {
    return number.isIntegralNumber() && number.canConvertToLong();
  }

  private ColumnZone column(Column column, JsonNode json) throws IOException {
    if (!isLong(json.path(ZoneTable.NULLS))) {
      return ColumnZone.NOTHING;
    }
    JsonNode min = json.path(ZoneTable.MIN);
    JsonNode max = json.path(ZoneTable.MAX);
    ColumnZone.Bounds bounds =
        switch (column.kind()) {
          case INTEGER ->
              isLong(min) && isLong(max) ? new Numbers(min.asLong(), max.asLong()) : null;
          case FLOAT ->
              min.isNumber() && max.isNumber()
                  ? new Numbers(
                      ColumnZone.ofDouble(min.asDouble()), ColumnZone.ofDouble(max.asDouble()))
                  : null;
          case TEXT -> min.isTextual() && max.isTextual() ? new Texts(utf8(min), utf8(max)) : null;
          case NULLS -> null;
        };
    return ZoneStatistics.checked(column, json.path(ZoneTable.NULLS).asLong(), bounds, rows);
  }

  private static byte[] utf8(JsonNode text) {
    return text.asText().getBytes(StandardCharsets.UTF_8);
  }

  private List<ReferenceZone> references(JsonNode json, long unnamed) throws IOException {
    if (!json.isArray()) {
      return null;
    }
    if (json.size() > Zone.MAX_REFERENCES) {
      throw new IOException(json.size() + " references");
    }
    List<ReferenceZone> references = new ArrayList<>(json.size());
    for (JsonNode each : json) {
      if (!each.path(ZoneTable.RNAME).isTextual()) {
        throw new IOException("a reference without a name");
      }
      references.add(
          new ReferenceZone(
              utf8(each.path(ZoneTable.RNAME)),
              position(each.path(ZoneTable.ROWS)),
              position(each.path(ZoneTable.POS_MIN)),
              position(each.path(ZoneTable.POS_MAX)),
              position(each.path(ZoneTable.END_MAX))));
    }
    return ZoneReferences.checked(references, rows, unnamed);
  }

  private static long position(JsonNode json) throws IOException {
    if (json.isMissingNode() || json.isNull()) {
      return ReferenceZone.UNKNOWN;
    }
    if (!isLong(json)) {
      throw new IOException("a reference with " + json);
    }
    return json.asLong();
  }
}
