package org.bamarrow.spark.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.bamarrow.internal.ipc.WantedBatches;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.spark.files.BamFile;

/**
 * The record batches of a split of an Arrow file that the driver has found by the zone map.
 *
 * @param ofFile number of record batches of the whole file
 * @param bounds file offsets: the begin and the end (exclusive) of each range of batches
 */
record SplitBatches(int ofFile, List<Long> bounds) implements Serializable {
  SplitBatches {
    bounds = List.copyOf(bounds);
  }

  /** Bytes of the batches. */
  long bytes() {
    long bytes = 0;
    for (int i = 0; i < bounds.size(); i += 2) {
      bytes += bounds.get(i + 1) - bounds.get(i);
    }
    return bytes;
  }

  List<WantedBatches.Range> ranges() {
    List<WantedBatches.Range> ranges = new ArrayList<>();
    for (int i = 0; i < bounds.size(); i += 2) {
      ranges.add(new WantedBatches.Range(bounds.get(i), bounds.get(i + 1)));
    }
    return ranges;
  }

  /**
   * The splits of a file, in the order of its rows; none if it has no batch that is needed.
   *
   * @param target bytes of a split
   */
  static List<FileSplit> split(BamFile file, WantedBatches wanted, long target) {
    List<FileSplit> splits = new ArrayList<>();
    List<Long> bounds = new ArrayList<>();
    long bytes = 0;
    for (WantedBatches.Range range : wanted.ranges()) {
      long more = range.end() - range.begin();
      if (bytes > 0 && bytes > target - more) {
        splits.add(of(file, wanted, bounds));
        bounds.clear();
        bytes = 0;
      }
      bytes += more;
      int last = bounds.size() - 1;
      if (last > 0 && bounds.get(last) == range.begin()) {
        bounds.set(last, range.end());
      } else {
        bounds.addAll(List.of(range.begin(), range.end()));
      }
    }
    if (!bounds.isEmpty()) {
      splits.add(of(file, wanted, bounds));
    }
    return splits;
  }

  private static FileSplit of(BamFile file, WantedBatches wanted, List<Long> bounds) {
    BamSplit bytes = new BamSplit(bounds.get(0), bounds.get(bounds.size() - 1));
    return new FileSplit(file, bytes, null, new SplitBatches(wanted.batches(), bounds));
  }
}
