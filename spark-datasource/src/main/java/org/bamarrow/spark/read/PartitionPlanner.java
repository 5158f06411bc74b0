package org.bamarrow.spark.read;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.connector.read.InputPartition;
import org.bamarrow.read.BamSplit;
import org.bamarrow.read.SplitPlanner;
import org.bamarrow.spark.SparkOption;
import org.bamarrow.spark.SparkOptions;
import org.bamarrow.spark.Splitting;
import org.bamarrow.spark.TableFiles;

/**
 * Cuts files into splits and packs splits into partitions, in the order of the files, from their
 * sizes alone. Sizes as for Spark's own file sources.
 */
final class PartitionPlanner {
  private final TableFiles files;
  private final SparkOptions options;
  private final long openCost;

  PartitionPlanner(TableFiles files) {
    this.files = files;
    this.options = files.options();
    this.openCost =
        Math.max(0, options.size(SparkOption.OPEN_COST_IN_BYTES, setting("openCostInBytes")));
  }

  /** The partitions of the records. */
  InputPartition[] plan() {
    if (options.convert().rows().limit() >= 0) {
      return pack(Splitting.FILE, Long.MAX_VALUE); // the first rows are those of one reader
    }
    return pack(options.splitting(), target());
  }

  /** Partitions of whole files of which next to nothing is read. */
  InputPartition[] planHeaders() {
    long most = options.size(SparkOption.MAX_PARTITION_BYTES, setting("maxPartitionBytes"));
    List<InputPartition> partitions = new ArrayList<>();
    List<Piece> pieces = new ArrayList<>();
    for (FileStatus file : files.statuses()) {
      pieces.add(new Piece(TableFiles.file(file), new BamSplit(0, file.getLen())));
      if (pieces.size() * Math.max(1, openCost) >= most) {
        partitions.add(new BamPartition(pieces, new String[0]));
        pieces.clear();
      }
    }
    if (!pieces.isEmpty()) {
      partitions.add(new BamPartition(pieces, new String[0]));
    }
    return partitions.toArray(InputPartition[]::new);
  }

  /** The seam for whatever cuts a file otherwise: the splits of one, which join without gap. */
  private static List<BamSplit> planSplits(FileStatus file, Splitting splitting, long target) {
    return splitting == Splitting.FILE
        ? List.of(new BamSplit(0, file.getLen()))
        : SplitPlanner.bySize(file.getLen(), target);
  }

  private InputPartition[] pack(Splitting splitting, long target) {
    List<InputPartition> partitions = new ArrayList<>();
    List<Piece> pieces = new ArrayList<>();
    Hosts hosts = new Hosts(files.settings());
    long size = 0;
    for (FileStatus file : files.statuses()) {
      for (BamSplit split : planSplits(file, splitting, target)) {
        if (!pieces.isEmpty() && size > target - split.length()) {
          partitions.add(new BamPartition(pieces, hosts.preferred()));
          pieces.clear();
          size = 0;
        }
        pieces.add(new Piece(TableFiles.file(file), split));
        hosts.add(file, split);
        size += split.length() + openCost;
      }
    }
    if (!pieces.isEmpty()) {
      partitions.add(new BamPartition(pieces, hosts.preferred()));
    }
    return partitions.toArray(InputPartition[]::new);
  }

  /** Compressed bytes of a partition. */
  private long target() {
    if (options.has(SparkOption.SPLIT_BYTES) && options.has(SparkOption.SPLITS)) {
      throw new IllegalArgumentException("splitBytes and splits contradict each other: give one");
    }
    if (options.has(SparkOption.SPLIT_BYTES)) {
      return options.positive(SparkOption.SPLIT_BYTES, 1);
    }
    if (options.has(SparkOption.SPLITS)) {
      long splits = options.positive(SparkOption.SPLITS, 1);
      return Math.max(1, (files.bytes() + splits - 1) / splits);
    }
    long most = options.size(SparkOption.MAX_PARTITION_BYTES, setting("maxPartitionBytes"));
    long withCosts = files.bytes() + openCost * files.statuses().size();
    return Math.max(1, Math.min(most, Math.max(openCost, withCosts / leastPartitions())));
  }

  /** As for Spark's own file sources; none of the two settings has a value unless it is set. */
  private long leastPartitions() {
    Configuration set = files.settings();
    int parallelism = files.session().sparkContext().defaultParallelism();
    int otherwise = set.getInt("spark.sql.leafNodeDefaultParallelism", parallelism);
    return Math.max(1, set.getInt("spark.sql.files.minPartitionNum", otherwise));
  }

  private long setting(String name) {
    String key = "spark.sql.files." + name;
    return SparkOptions.size(key, files.session().conf().get(key));
  }
}
