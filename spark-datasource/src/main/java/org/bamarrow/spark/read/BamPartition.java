package org.bamarrow.spark.read;

import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.connector.read.InputPartition;
import org.bamarrow.filter.RawPredicate;
import org.bamarrow.spark.Packed;

/**
 * What one task reads.
 *
 * @param pieces in the order of the rows
 * @param preferredLocations hosts that hold most of it
 * @param runtimeFilter what was found out of the wanted records after the scan had been planned;
 *     null: nothing
 */
public record BamPartition(
    List<Piece> pieces, String[] preferredLocations, Broadcast<Packed<RawPredicate>> runtimeFilter)
    implements InputPartition {
  public BamPartition {
    pieces = List.copyOf(pieces);
  }

  BamPartition(List<Piece> pieces, String[] preferredLocations) {
    this(pieces, preferredLocations, null);
  }

  BamPartition with(Broadcast<Packed<RawPredicate>> filter) {
    return new BamPartition(pieces, preferredLocations, filter);
  }
}
