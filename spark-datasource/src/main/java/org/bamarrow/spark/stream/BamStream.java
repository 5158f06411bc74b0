package org.bamarrow.spark.stream;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.ReadMaxFiles;
import org.apache.spark.sql.connector.read.streaming.SupportsTriggerAvailableNow;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.internal.read.DictionaryUnion;
import org.bamarrow.internal.read.OrderedTasks;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkErrors;

/**
 * The records of BAMs that arrive in a folder. Each complete file is read once, exactly once with a
 * sink that is idempotent by the number of the batch: its batch is logged in the checkpoint before
 * Spark hears of it ({@link BatchLog}), and is read only as it was logged. On the driver; Spark
 * calls it from one thread at a time.
 */
public final class BamStream implements MicroBatchStream, SupportsTriggerAvailableNow {
  /** Files that are looked up at the same time: most of the time is spent waiting. */
  private static final int THREADS = 16;

  private final TableFiles files;
  private final Function<TableFiles, Batch> reading;
  private final PartitionReaderFactory readers;
  private final BatchLog log;
  private final Arrivals arrivals;
  private final SourceCleaner cleaner;
  private final DictionaryUnion references = new DictionaryUnion();

  private BamStream(TableFiles files, String checkpoint, Function<TableFiles, Batch> reading)
      throws IOException {
    this.files = files;
    this.reading = reading;
    log = new BatchLog(checkpoint, files.settings());
    arrivals = new Arrivals(files);
    cleaner = new SourceCleaner(files);
    readers = reading.apply(files.withOnly(List.of())).createReaderFactory();
    if (!log.references().isEmpty()) {
      references.add(
          "a file that was read before",
          new BamHeader(new byte[0], log.references(), 0).references());
    }
  }

  /**
   * Opens the stream at the place where the checkpoint left it.
   *
   * @param checkpoint the place that Spark gives the source in the checkpoint
   * @param reading plans the reading of some files
   */
  public static BamStream open(
      TableFiles files, String checkpoint, Function<TableFiles, Batch> reading) {
    files.options().requireStreamable();
    return SparkErrors.whenReading(files, () -> new BamStream(files, checkpoint, reading));
  }

  @Override
  public Offset initialOffset() {
    return StreamOffset.START;
  }

  @Override
  public Offset deserializeOffset(String json) {
    return StreamOffset.parse(json);
  }

  @Override
  public ReadLimit getDefaultReadLimit() {
    int max = files.options().maxFilesPerTrigger();
    return max == Integer.MAX_VALUE ? ReadLimit.allAvailable() : ReadLimit.maxFiles(max);
  }

  @Override
  public void prepareForTriggerAvailableNow() {
    SparkErrors.whenReading(
        files,
        () -> {
          arrivals.freeze();
          return null;
        });
  }

  @Override
  public Offset latestOffset() {
    throw new UnsupportedOperationException("Spark calls latestOffset(Offset, ReadLimit)");
  }

  /** Null as long as no file has arrived: Spark would run an empty batch otherwise. */
  @Override
  public Offset latestOffset(Offset start, ReadLimit limit) {
    long last = ((StreamOffset) start).batch();
    SparkErrors.whenReading(files, () -> log.require(last));
    // A batch that was logged, but not yet run when the query ended, comes first.
    if (log.latest() == last) {
      int max = limit instanceof ReadMaxFiles some ? some.maxFiles() : Integer.MAX_VALUE;
      SparkErrors.whenReading(files, () -> logNext(max));
    }
    return log.latest() < 0 ? null : new StreamOffset(log.latest());
  }

  private Void logNext(int max) throws IOException {
    List<LoggedFile> batch = new ArrayList<>();
    arrivals.take(
        log::has,
        max,
        (file, dictionary) -> {
          LoggedFile logged = LoggedFile.of(file, log.latest() + 1);
          references.add(logged.name(), dictionary);
          batch.add(logged);
        });
    if (!batch.isEmpty()) {
      List<Reference> all = references.references();
      log.add(batch, List.copyOf(all.subList(log.references().size(), all.size())));
    }
    return null;
  }

  @Override
  public InputPartition[] planInputPartitions(Offset start, Offset end) {
    long after = ((StreamOffset) start).batch();
    long to = ((StreamOffset) end).batch();
    TableFiles batch =
        SparkErrors.whenReading(files, () -> files.withOnly(unchanged(log.files(after, to))));
    return reading.apply(batch).planInputPartitions();
  }

  private List<FileStatus> unchanged(List<LoggedFile> logged) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    OrderedTasks.run(
        0,
        logged.size(),
        THREADS,
        index -> unchanged(logged.get(index)),
        file -> {
          if (file != null) {
            found.add(file);
          }
        });
    return found;
  }

  /** Null for a missing file, if those are ignored. */
  private FileStatus unchanged(LoggedFile logged) throws IOException {
    FileStatus now;
    try {
      now = logged.path().getFileSystem(files.settings()).getFileStatus(logged.path());
    } catch (FileNotFoundException e) {
      if (files.ignoresMissing()) {
        return null;
      }
      throw new FileNotFoundException(
          logged.name() + ": the file no longer exists, but its batch has not been committed");
    }
    if (!logged.isSame(now)) {
      throw new IOException(
          String.format(
              "%s: has %d bytes, and had %d when its batch was logged, or was written again since;"
                  + " a stream reads a file once: restore it, and give new data another name",
              logged.name(), now.getLen(), logged.length()));
    }
    return now;
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return readers;
  }

  @Override
  public void commit(Offset end) {
    long batch = ((StreamOffset) end).batch();
    cleaner.clean(log.files(batch - 1, batch));
  }

  @Override
  public void stop() {
    cleaner.close();
  }
}
