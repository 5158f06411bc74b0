package org.bamarrow.spark.read;

import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;
import org.bamarrow.spark.pushdown.PushedPredicates;
import org.bamarrow.spark.serializer.JavaSerialized;

/**
 * The partitions of a scan and their readers. Immutable; equal to another of the same table, plan
 * and filter.
 *
 * @param runtimeFilter the condition that other parts of the query produced at run time, {@link
 *     RawPredicate#TRUE}: nothing
 */
record BamBatch(TableFiles files, ReadPlan plan, RawPredicate runtimeFilter) implements Batch {
  @Override
  public InputPartition[] planInputPartitions() {
    return SparkErrors.whenReading(files, this::partitions);
  }

  private InputPartition[] partitions() {
    PartitionPlanner planner = new PartitionPlanner(files);
    List<BamPartition> partitions = planner.plan(plan.filter());
    if (!runtimeFilter.equals(RawPredicate.TRUE)) {
      partitions = filtered(partitions.size(), planner);
    }
    if (plan.aggregates() && partitions.isEmpty()) {
      partitions =
          List.of(new BamPartition(List.of(), new String[0])); // an empty table has a count of 0
    }
    return partitions.toArray(InputPartition[]::new);
  }

  /**
   * The partitions with the runtime filter, which is broadcast.
   *
   * @param before number of partitions without it: Spark relies on a single one staying single
   */
  private List<BamPartition> filtered(int before, PartitionPlanner planner) {
    RawPredicate wanted = PushedPredicates.all(List.of(runtimeFilter, plan.filter()));
    List<BamPartition> partitions = planner.plan(wanted);
    if (before == 1 && partitions.size() > 1) {
      partitions = List.of(BamPartition.joined(partitions));
    }
    JavaSerialized.requireRegistered(files.session().sparkContext().conf());
    Broadcast<JavaSerialized<RawPredicate>> filter =
        JavaSparkContext.fromSparkContext(files.session().sparkContext())
            .broadcast(new JavaSerialized<>(runtimeFilter));
    return partitions.stream().map(partition -> partition.with(filter)).toList();
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new BamReaderFactory(plan, files.settingsForTasks());
  }
}
