package org.bamarrow.spark.read;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.util.SerializableConfiguration;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.files.JavaSerialized;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;
import org.bamarrow.spark.pushdown.PushedPredicates;

/**
 * The partitions of a scan and their readers. Immutable; equal to another of the same table, plan
 * and filter.
 *
 * @param runtimeFilter what was found out of the wanted records when other parts of the query had
 *     run, {@link RawPredicate#TRUE}: nothing
 */
record BamBatch(TableFiles files, ReadPlan plan, RawPredicate runtimeFilter) implements Batch {
  @Override
  public InputPartition[] planInputPartitions() {
    return SparkErrors.told(files, this::partitions);
  }

  private InputPartition[] partitions() {
    PartitionPlanner planner = new PartitionPlanner(files);
    List<BamPartition> partitions = planner.plan(plan.filter());
    if (!runtimeFilter.equals(RawPredicate.TRUE)) {
      partitions = filtered(partitions.size(), planner);
    }
    if (plan.aggregates() && partitions.isEmpty()) {
      partitions = List.of(new BamPartition(List.of(), new String[0])); // 0 is a number, too
    }
    return partitions.toArray(InputPartition[]::new);
  }

  /**
   * The partitions with the runtime filter, which travels once to each executor.
   *
   * @param before number of partitions without it: Spark believes that one stays one
   */
  private List<BamPartition> filtered(int before, PartitionPlanner planner) {
    RawPredicate wanted = PushedPredicates.all(List.of(runtimeFilter, plan.filter()));
    List<BamPartition> partitions = planner.plan(wanted);
    if (before == 1 && partitions.size() > 1) {
      partitions = List.of(joined(partitions));
    }
    JavaSerialized.requireRegistered(files.session().sparkContext().conf());
    Broadcast<JavaSerialized<RawPredicate>> filter = broadcast(new JavaSerialized<>(runtimeFilter));
    return partitions.stream().map(partition -> partition.with(filter)).toList();
  }

  private static BamPartition joined(List<BamPartition> partitions) {
    String[] hosts =
        partitions.stream()
            .flatMap(partition -> Arrays.stream(partition.preferredLocations()))
            .distinct()
            .toArray(String[]::new);
    Stream<FileSplit> pieces = partitions.stream().flatMap(partition -> partition.pieces().stream());
    return new BamPartition(pieces.toList(), hosts);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new BamReaderFactory(plan, broadcast(new SerializableConfiguration(files.settings())));
  }

  /** Sends something once to each executor: every task would take its time to unpack it. */
  private <T> Broadcast<T> broadcast(T value) {
    return JavaSparkContext.fromSparkContext(files.session().sparkContext()).broadcast(value);
  }
}
