package org.bamarrow.spark.read;

import java.util.List;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * What one task reads.
 *
 * @param pieces in the order of the rows
 * @param preferredLocations hosts that hold most of it
 */
public record BamPartition(List<Piece> pieces, String[] preferredLocations)
    implements InputPartition {
  public BamPartition {
    pieces = List.copyOf(pieces);
  }
}
