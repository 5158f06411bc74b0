package org.bamarrow.internal.zone;

import java.util.ArrayList;
import java.util.List;

/**
 * The zones of an output, in the order of its batches: one for each batch, or for groups of 2, 4, 8
 * ... batches, so that their number is bounded. Which batches make a group depends on their number
 * only. Not thread-safe.
 */
public final class ZoneMap {
  /** Maximum number of zones. */
  public static final int MAX_ZONES = 1 << 14;

  private final ZoneColumns columns;
  private final int most;
  private final List<Zone> zones = new ArrayList<>();

  /** Batches of a zone. */
  private int group = 1;

  /** Whether a batch was added of which nothing is known. */
  private boolean incomplete;

  public ZoneMap(ZoneColumns columns) {
    this(columns, MAX_ZONES);
  }

  /**
   * @param most maximum number of zones, an even number
   */
  ZoneMap(ZoneColumns columns, int most) {
    this.columns = columns;
    this.most = most;
  }

  /**
   * A map that keeps a zone for each batch, for batches that will be appended to another output,
   * where their place decides which of them are grouped. Its size is about a kilobyte a batch.
   */
  public static ZoneMap ofPart(ZoneColumns columns) {
    return new ZoneMap(columns, Integer.MAX_VALUE);
  }

  public ZoneColumns columns() {
    return columns;
  }

  /** Adds the zone of the next batches. */
  public void add(Zone zone) {
    Zone last = zones.isEmpty() ? null : zones.get(zones.size() - 1);
    if (last != null && last.batches() < group) {
      zones.set(zones.size() - 1, last.plus(zone));
      return;
    }
    if (zones.size() == most) {
      halve();
      add(zone);
      return;
    }
    zones.add(zone);
  }

  /** Adds batches of which nothing is known: the output has no zone map. */
  public void addUnknown() {
    incomplete = true;
    zones.clear();
  }

  private void halve() {
    List<Zone> pairs = pairs(zones);
    zones.clear();
    zones.addAll(pairs);
    group *= 2;
  }

  private static List<Zone> pairs(List<Zone> of) {
    List<Zone> pairs = new ArrayList<>(of.size() / 2 + 1);
    for (int i = 0; i < of.size(); i += 2) {
      pairs.add(i + 1 < of.size() ? of.get(i).plus(of.get(i + 1)) : of.get(i));
    }
    return pairs;
  }

  /**
   * The zones in larger groups; null if there is a batch of which nothing is known.
   *
   * @param most maximum number of zones
   */
  public List<Zone> zones(int most) {
    List<Zone> fewer = zones();
    while (fewer != null && fewer.size() > most) {
      fewer = pairs(fewer);
    }
    return fewer;
  }

  /** The zones; null if there is a batch of which nothing is known. */
  public List<Zone> zones() {
    return incomplete ? null : zones;
  }
}
