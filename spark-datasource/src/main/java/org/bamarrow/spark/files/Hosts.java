package org.bamarrow.spark.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.spark.options.SparkWords;

/** Finds the hosts with most of the bytes that a task reads. For one thread. */
public final class Hosts {
  private static final int PREFERRED = 3;

  private final Configuration settings;
  private final Map<String, Long> bytes = new HashMap<>();
  private FileStatus located;
  private BlockLocation[] locations;

  /**
   * @param settings of the file systems
   */
  public Hosts(Configuration settings) {
    this.settings = settings;
  }

  /** Adds the bytes of a split that are on each host. */
  public void add(FileStatus file, BamSplit split) {
    try {
      for (BlockLocation block : locations(file)) {
        long from = Math.max(block.getOffset(), split.begin());
        long to = Math.min(block.getOffset() + block.getLength(), split.end());
        if (to > from) {
          for (String host : block.getHosts()) {
            if (!host.equals("localhost")) { // reported by object stores, which have no hosts
              bytes.merge(host, to - from, Long::sum);
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(SparkWords.message(e), e);
    }
  }

  /** Known from listing a directory; requested for a file that was named. */
  private BlockLocation[] locations(FileStatus file) throws IOException {
    if (file instanceof LocatedFileStatus known) {
      return known.getBlockLocations();
    }
    if (file != located) {
      locations =
          file.getPath().getFileSystem(settings).getFileBlockLocations(file, 0, file.getLen());
      located = file;
    }
    return locations;
  }

  /** The hosts with most bytes, in descending order; resets the sums. */
  public String[] preferred() {
    String[] best =
        bytes.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(PREFERRED)
            .map(Map.Entry::getKey)
            .toArray(String[]::new);
    bytes.clear();
    return best;
  }
}
