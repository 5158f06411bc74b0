package org.bamarrow.internal.ipc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.internal.zone.ZoneTest;
import org.bamarrow.io.ByteSource;

/** The zone maps of the parts of a directory, in one table. */
public final class ZonesOfParts {
  private ZonesOfParts() {}

  /** Makes the test for zones with these columns. */
  public interface TestOf {
    /** {@return the test} */
    ZoneTest on(ZoneColumns columns);
  }

  /**
   * The record batches of each part that a condition needs. Nothing is known of parts that are not
   * among them.
   *
   * @param table an Arrow IPC file with the column {@link ZoneTable#PART}; stays the caller's
   * @param fields the columns of the parts
   * @return by the name of the part
   * @throws IOException if the table is not valid
   */
  public static Map<String, WantedBatches> wanted(
      ByteSource table, List<Field> fields, TestOf condition) throws IOException {
    ZoneColumns columns = ZoneColumns.of(fields, true);
    ZoneTest test = condition.on(columns);
    Map<String, WantedBatches.Builder> parts = new HashMap<>();
    new ZoneTableReader(table, columns, test)
        .readParts(
            (part, place, zone) ->
                parts
                    .computeIfAbsent(
                        new String(part, StandardCharsets.UTF_8),
                        name -> new WantedBatches.Builder())
                    .add(place, zone.batches(), test.canMatch(zone)));
    Map<String, WantedBatches> wanted = new HashMap<>();
    parts.forEach((name, builder) -> wanted.put(name, builder.build()));
    return wanted;
  }
}
