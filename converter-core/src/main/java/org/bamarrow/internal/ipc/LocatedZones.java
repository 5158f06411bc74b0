package org.bamarrow.internal.ipc;

import java.util.List;
import org.bamarrow.internal.zone.Zone;
import org.bamarrow.internal.zone.ZoneTest;

/** What is known of all record batches of a file, and where they are. Immutable. */
public final class LocatedZones {
  private final List<Zone> zones;
  private final List<ZoneTableReader.Place> places;

  /**
   * @param zones in the order of the file
   * @param places one for each of them
   */
  LocatedZones(List<Zone> zones, List<ZoneTableReader.Place> places) {
    this.zones = List.copyOf(zones);
    this.places = List.copyOf(places);
  }

  /** The zones, in the order of the file. */
  public List<Zone> zones() {
    return zones;
  }

  /**
   * The batches that a condition needs.
   *
   * @param by asks for statistics with which the zones were read
   */
  public WantedBatches wanted(ZoneTest by) {
    WantedBatches.Builder builder = new WantedBatches.Builder();
    for (int i = 0; i < zones.size(); i++) {
      builder.add(places.get(i), zones.get(i).batches(), by.canMatch(zones.get(i)));
    }
    return builder.build();
  }
}
