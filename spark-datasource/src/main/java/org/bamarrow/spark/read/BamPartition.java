package org.bamarrow.spark.read;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.connector.read.InputPartition;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.serializer.JavaSerialized;

/**
 * The splits that one task reads.
 *
 * @param splits in the order of the rows
 * @param preferredLocations hosts with most of the bytes
 * @param runtimeFilter the condition found after the scan was planned; null: none
 */
record BamPartition(
    List<FileSplit> splits,
    String[] preferredLocations,
    Broadcast<JavaSerialized<RawPredicate>> runtimeFilter)
    implements InputPartition {
  BamPartition {
    splits = List.copyOf(splits);
  }

  BamPartition(List<FileSplit> splits, String[] preferredLocations) {
    this(splits, preferredLocations, null);
  }

  /** The condition found after the scan was planned; {@link RawPredicate#TRUE}: none. */
  RawPredicate condition() {
    return runtimeFilter == null ? RawPredicate.TRUE : runtimeFilter.value().value();
  }

  BamPartition with(Broadcast<JavaSerialized<RawPredicate>> filter) {
    return new BamPartition(splits, preferredLocations, filter);
  }

  /** One partition with the splits of several, in their order. */
  static BamPartition joined(List<BamPartition> partitions) {
    String[] hosts =
        partitions.stream()
            .flatMap(partition -> Arrays.stream(partition.preferredLocations()))
            .distinct()
            .toArray(String[]::new);
    Stream<FileSplit> splits =
        partitions.stream().flatMap(partition -> partition.splits().stream());
    return new BamPartition(splits.toList(), hosts);
  }
}
