package org.bamarrow.spark.read;

import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.connector.read.InputPartition;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.serializer.JavaSerialized;

/**
 * What one task reads.
 *
 * @param splits in the order of the rows
 * @param preferredLocations hosts that hold most of it
 * @param runtimeFilter what was found out of the wanted records after the scan had been planned;
 *     null: nothing
 */
record BamPartition(
    List<FileSplit> splits, String[] preferredLocations, Broadcast<JavaSerialized<RawPredicate>> runtimeFilter)
    implements InputPartition {
  BamPartition {
    splits = List.copyOf(splits);
  }

  BamPartition(List<FileSplit> splits, String[] preferredLocations) {
    this(splits, preferredLocations, null);
  }

  BamPartition with(Broadcast<JavaSerialized<RawPredicate>> filter) {
    return new BamPartition(splits, preferredLocations, filter);
  }
}
