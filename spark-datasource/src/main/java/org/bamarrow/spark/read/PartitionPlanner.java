package org.bamarrow.spark.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.connector.read.InputPartition;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.ipc.WantedBatches;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.internal.read.SplitPlanner;
import org.bamarrow.spark.files.BamFile;
import org.bamarrow.spark.files.Hosts;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkOption;
import org.bamarrow.spark.options.SparkOptions;
import org.bamarrow.spark.options.Splitting;
import org.bamarrow.spark.pushdown.PositionalPredicates;

/**
 * Divides files into splits and packs splits into partitions, in the order of the files: by their
 * sizes alone, or with indexes. Sizes are those of Spark's own file sources.
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

  /**
   * The partitions of the records.
   *
   * @param filter selects the records; with an index, only the ranges that can have them are read
   */
  List<BamPartition> plan(RawPredicate filter) {
    if (options.convert().rows().limit() >= 0) {
      // the first rows have to come from one reader
      return pack(Long.MAX_VALUE, (at, file) -> List.of(whole(file)));
    }
    IndexLookup lookup = new IndexLookup(files);
    boolean alongIndex = options.splitting() == Splitting.INDEX;
    if (!lookup.isOff() && PositionalPredicates.restrict(filter)) {
      List<IndexedFile> regions = lookup.regions(filter);
      if (alongIndex) {
        List<IndexedFile> whole = lookup.whole();
        for (int i = 0; i < whole.size(); i++) {
          if (regions.get(i) == null) {
            regions.set(i, whole.get(i));
          }
        }
      }
      return plan(lookup.cut(regions, target(regions)));
    }
    if (!alongIndex) {
      return plan(Collections.nCopies(files.files().size(), null));
    }
    List<IndexedFile> whole = lookup.whole();
    return plan(lookup.cut(whole, target(whole)));
  }

  private List<BamPartition> plan(List<IndexedFile> indexed) {
    long target = target(indexed);
    return pack(
        target,
        (at, file) ->
            indexed.get(at) == null ? split(file, target) : indexed.get(at).splits(target));
  }

  /**
   * Compressed bytes of a partition of BAMs.
   *
   * @param indexed of each file; null: all of it is read
   */
  private long target(List<IndexedFile> indexed) {
    long bytes = 0;
    int opened = 0;
    for (int i = 0; i < indexed.size(); i++) {
      IndexedFile some = indexed.get(i);
      bytes += some == null ? files.statuses().get(i).getLen() : some.bytes();
      opened += some == null || !some.ranges().isEmpty() ? 1 : 0;
    }
    return target(bytes, opened);
  }

  /**
   * Partitions of Arrow data of which the driver knows which batches are needed.
   *
   * @param wanted of each file; null: not known
   */
  InputPartition[] planArrow(List<WantedBatches> wanted) {
    requireNoIndex();
    long bytes = 0;
    int opened = 0;
    for (int i = 0; i < wanted.size(); i++) {
      WantedBatches some = wanted.get(i);
      bytes += some == null ? files.statuses().get(i).getLen() : some.bytes();
      opened += some == null || !some.ranges().isEmpty() ? 1 : 0;
    }
    long target = target(bytes, opened);
    long most = options.splitting() == Splitting.FILE ? Long.MAX_VALUE : target;
    Cutter cutter =
        (at, file) ->
            wanted.get(at) == null
                ? split(file, target)
                : SplitBatches.split(file, wanted.get(at), most);
    return pack(target, cutter).toArray(InputPartition[]::new);
  }

  /** Partitions of Arrow data, which are split between batches. */
  InputPartition[] planArrow() {
    requireNoIndex();
    long target = target(files.bytes(), files.statuses().size());
    return pack(target, (at, file) -> split(file, target)).toArray(InputPartition[]::new);
  }

  private void requireNoIndex() {
    if (options.splitting() == Splitting.INDEX) {
      throw options.invalid(SparkOption.SPLITTING, "blocks or file, as the files are Arrow data");
    }
  }

  /** Partitions of whole files, of which only the headers are read. */
  InputPartition[] planHeaders() {
    long most = options.size(SparkOption.MAX_PARTITION_BYTES, setting("maxPartitionBytes"));
    List<InputPartition> partitions = new ArrayList<>();
    List<FileSplit> splits = new ArrayList<>();
    for (BamFile file : files.headerFiles()) {
      splits.add(whole(file));
      if (splits.size() * Math.max(1, openCost) >= most) {
        partitions.add(new BamPartition(splits, new String[0]));
        splits.clear();
      }
    }
    if (!splits.isEmpty()) {
      partitions.add(new BamPartition(splits, new String[0]));
    }
    return partitions.toArray(InputPartition[]::new);
  }

  private static FileSplit whole(BamFile file) {
    return new FileSplit(file, new BamSplit(0, file.length()));
  }

  /** Splits that start at any byte, or the whole file. */
  private List<FileSplit> split(BamFile file, long target) {
    return options.splitting() == Splitting.FILE
        ? List.of(whole(file))
        : SplitPlanner.bySize(file.length(), target).stream()
            .map(range -> new FileSplit(file, range))
            .toList();
  }

  /** Divides a file into splits, in the order of its records. */
  private interface Cutter {
    List<FileSplit> splits(int at, BamFile file);
  }

  private List<BamPartition> pack(long target, Cutter cutter) {
    List<BamPartition> partitions = new ArrayList<>();
    List<FileSplit> splits = new ArrayList<>();
    Hosts hosts = new Hosts(files.settings());
    long size = 0;
    for (int at = 0; at < files.statuses().size(); at++) {
      FileStatus file = files.statuses().get(at);
      for (FileSplit split : cutter.splits(at, files.files().get(at))) {
        if (!splits.isEmpty() && size > target - split.length()) {
          partitions.add(new BamPartition(splits, hosts.preferred()));
          splits.clear();
          size = 0;
        }
        splits.add(split);
        hosts.add(file, split.byteRange());
        size += split.length() + openCost;
      }
    }
    if (!splits.isEmpty()) {
      partitions.add(new BamPartition(splits, hosts.preferred()));
    }
    return partitions;
  }

  /**
   * Compressed bytes of a partition.
   *
   * @param bytes of all files
   * @param opened number of files that are opened
   */
  private long target(long bytes, int opened) {
    if (options.has(SparkOption.SPLIT_BYTES) && options.has(SparkOption.SPLITS)) {
      throw new IllegalArgumentException("splitBytes and splits cannot be used together");
    }
    if (options.has(SparkOption.SPLIT_BYTES)) {
      return options.positive(SparkOption.SPLIT_BYTES, 1);
    }
    if (options.has(SparkOption.SPLITS)) {
      long splits = options.positive(SparkOption.SPLITS, 1);
      return Math.max(1, (bytes + splits - 1) / splits);
    }
    long most = options.size(SparkOption.MAX_PARTITION_BYTES, setting("maxPartitionBytes"));
    long withCosts = bytes + openCost * opened;
    long least = minPartitions();
    // A multiple of the number of cores, so that no core is idle in the last round.
    long rounds = Math.max(1, (withCosts / least + most - 1) / Math.max(1, most));
    return Math.max(1, Math.min(most, Math.max(openCost, withCosts / (least * rounds))));
  }

  /** As for Spark's own file sources; neither setting has a default. */
  private long minPartitions() {
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
