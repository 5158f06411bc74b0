package org.bamarrow.spark.read;

import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.connector.read.InputPartition;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.files.JavaSerialized;

/**
 * What one task reads.
 *
 * @param pieces in the order of the rows
 * @param preferredLocations hosts that hold most of it
 * @param runtimeFilter what was found out of the wanted records after the scan had been planned;
 *     null: nothing
 */
public record BamPartition(
    List<FileSplit> pieces, String[] preferredLocations, Broadcast<JavaSerialized<RawPredicate>> runtimeFilter)
    implements InputPartition {
  public BamPartition {
    pieces = List.copyOf(pieces);
  }

  BamPartition(List<FileSplit> pieces, String[] preferredLocations) {
    this(pieces, preferredLocations, null);
  }

  BamPartition with(Broadcast<JavaSerialized<RawPredicate>> filter) {
    return new BamPartition(pieces, preferredLocations, filter);
  }
}
