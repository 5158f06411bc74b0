package org.bamarrow.internal.zone;

import java.util.List;

/** What tests of other packages need of zones. */
public final class ZoneMaps {
  private ZoneMaps() {}

  /** The zone of consecutive zones. */
  public static Zone merged(List<Zone> zones) {
    return zones.stream().reduce(Zone::plus).orElseThrow();
  }

  /** A map of at most so many zones. */
  public static ZoneMap of(ZoneColumns columns, int most) {
    return new ZoneMap(columns, most);
  }
}
