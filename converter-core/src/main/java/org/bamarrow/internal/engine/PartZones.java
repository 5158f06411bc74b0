package org.bamarrow.internal.engine;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.internal.ipc.ZoneJsonReader;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneColumns;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.slf4j.LoggerFactory;

/** What the manifest of a directory tells of the rows of its parts. For one thread. */
public final class PartZones {
  private final String directory;
  private final ZoneColumns columns;
  private boolean warned;

  /**
   * @param directory for messages
   * @param fields the columns of the parts
   */
  public PartZones(String directory, List<Field> fields) {
    this.directory = directory;
    this.columns = ZoneColumns.of(fields, true);
  }

  /** The columns of the zones. */
  public ZoneColumns columns() {
    return columns;
  }

  /** The zone of a part; null if there is none, or one that is not valid, which is logged once. */
  public Zone of(Part part) {
    if (part.zone() == null) {
      return null;
    }
    try {
      return ZoneJsonReader.read(part.zone(), columns, part.rows());
    } catch (IOException | RuntimeException e) {
      if (!warned) {
        warned = true;
        LoggerFactory.getLogger(PartZones.class)
            .warn(
                "{}/{}: the zone of part {} is ignored, as are others that are not valid: {}",
                directory,
                Manifest.NAME,
                part.name(),
                e.getMessage());
      }
      return null;
    }
  }
}
