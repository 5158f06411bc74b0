package org.bamarrow.spark.stream;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.bamarrow.internal.bam.BamHeaderReader;
import org.bamarrow.internal.bam.SequenceDictionary;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.read.OrderedTasks;
import org.bamarrow.io.ByteSource;
import org.bamarrow.spark.files.BamFile;
import org.bamarrow.spark.files.Sources;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.files.UnfinishedBam;
import org.bamarrow.spark.options.SparkOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that have arrived in the folder. A BAM is complete when it ends with the end-of-file
 * marker (SAM specification 4.1.2); others are being written and are examined again when their size
 * or time has changed. For one thread.
 */
final class Arrivals {
  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  /**
   * Files that are examined at the same time: most of the time is spent waiting for remote ones.
   */
  private static final int THREADS = 16;

  private static final long NANOS_BETWEEN_LINES = 600L * 1_000_000_000;

  /**
   * A file that was examined.
   *
   * @param references null if it is not complete
   */
  private record Examined(FileStatus file, SequenceDictionary references) {}

  /** Takes a complete file with the dictionary of its header. */
  interface Taker {
    void take(FileStatus file, SequenceDictionary references) throws IOException;
  }

  private final TableFiles files;
  private final Comparator<FileStatus> order;

  /** Incomplete files by name, as they were when they were examined. */
  private final Map<String, FileStatus> waiting = new HashMap<>();

  /** The files to which Spark limits this run, or null. */
  private List<FileStatus> frozen;

  private long lastLine = System.nanoTime() - NANOS_BETWEEN_LINES;

  Arrivals(TableFiles files) {
    this.files = files;
    Comparator<FileStatus> byTime = Comparator.comparingLong(FileStatus::getModificationTime);
    boolean latestFirst = files.options().flag(SparkOption.LATEST_FIRST, false);
    order =
        (latestFirst ? byTime.reversed() : byTime).thenComparing(file -> file.getPath().toString());
  }

  /** From now on, only the files that are there now count. */
  void freeze() throws IOException {
    frozen = files.listAgain();
  }

  /**
   * Examines new files, the oldest first, or the newest with {@code latestFirst}.
   *
   * @param isKnown whether the file of a name has been taken before
   * @param max complete files to take
   * @throws IOException if a file cannot be read, or cannot become a BAM any more
   */
  void take(Predicate<String> isKnown, int max, Taker taker) throws IOException {
    List<FileStatus> there = frozen == null ? files.listAgain() : frozen;
    List<FileStatus> fresh =
        there.stream()
            .filter(file -> !isKnown.test(name(file)))
            .filter(file -> !isStillWaiting(file))
            .sorted(order)
            .toList();
    int[] taken = {0};
    int next = 0;
    while (next < fresh.size() && taken[0] < max) {
      int end = next + Math.min(fresh.size() - next, max - taken[0]);
      OrderedTasks.run(
          next,
          end,
          THREADS,
          index -> examine(fresh.get(index)),
          examined -> {
            if (examined.references == null) {
              waiting.put(name(examined.file), examined.file);
            } else {
              waiting.remove(name(examined.file));
              taker.take(examined.file, examined.references);
              taken[0]++;
            }
          });
      next = end;
    }
    waiting.keySet().retainAll(there.stream().map(Arrivals::name).collect(Collectors.toSet()));
    logWaiting();
  }

  private static String name(FileStatus file) {
    return TableFiles.file(file).name();
  }

  private boolean isStillWaiting(FileStatus file) {
    FileStatus before = waiting.get(name(file));
    return before != null && LoggedFile.of(before, 0).isSame(file);
  }

  private Examined examine(FileStatus file) throws IOException {
    BamFile bam = TableFiles.file(file);
    try (ByteSource source = Sources.open(bam, files.settings());
        BlockInflater inflater = InflaterKind.JDK.open()) {
      boolean waits = source.size() != file.getLen() || UnfinishedBam.is(source);
      return new Examined(file, waits ? null : BamHeaderReader.read(source, inflater).references());
    } catch (FileNotFoundException e) {
      return new Examined(file, null); // renamed or removed since it was listed
    }
  }

  private void logWaiting() {
    if (!waiting.isEmpty() && System.nanoTime() - lastLine >= NANOS_BETWEEN_LINES) {
      lastLine = System.nanoTime();
      LOG.warn(
          "{}: {} without the end-of-file marker, such as {}; the stream waits until they are"
              + " complete",
          files,
          waiting.size() + (waiting.size() == 1 ? " file" : " files"),
          waiting.keySet().stream().sorted().findFirst().orElseThrow());
    }
  }
}
