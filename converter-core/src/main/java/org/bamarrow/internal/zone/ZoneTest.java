package org.bamarrow.internal.zone;

import java.util.function.Predicate;

/** Whether a condition can accept rows of a zone, and what it asks of zones. Immutable. */
public interface ZoneTest {
  /**
   * {@return whether the statistics of a column are asked for; those of other columns may be {@link
   * ColumnZone#NOTHING}}
   */
  boolean needs(ZoneColumns.Column column);

  /** {@return whether the reference names are asked for; otherwise they may be null} */
  boolean needsReferences();

  /** {@return false if no row can be accepted} */
  boolean canMatch(Zone zone);

  /**
   * {@return false if the batches of a zone that are selected need not be read}
   *
   * @param whole whether all batches of the zone are selected
   */
  default boolean isRead(Zone zone, boolean whole) {
    return canMatch(zone);
  }

  /**
   * {@return this test for a reader to which the statistics of a zone may be enough}
   *
   * @param answered takes what is wanted from a zone of which all batches are selected; false if
   *     its batches have to be read
   */
  default ZoneTest unless(Predicate<Zone> answered) {
    ZoneTest condition = this;
    return new ZoneTest() {
      @Override
      public boolean needs(ZoneColumns.Column column) {
        return condition.needs(column);
      }

      @Override
      public boolean needsReferences() {
        return condition.needsReferences();
      }

      @Override
      public boolean canMatch(Zone zone) {
        return condition.canMatch(zone);
      }

      @Override
      public boolean isRead(Zone zone, boolean whole) {
        return !(whole && answered.test(zone)) && canMatch(zone);
      }
    };
  }
}
