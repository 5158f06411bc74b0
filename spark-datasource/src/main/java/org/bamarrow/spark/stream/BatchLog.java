package org.bamarrow.spark.stream;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.io.ByteSource;
import org.bamarrow.parts.PartStore.Entry;
import org.bamarrow.spark.files.HadoopPartStore;

/**
 * Which files each batch reads. A batch is written to the checkpoint, as a file that appears whole,
 * before Spark hears of it; so a batch that is run again reads the same files, and no file is in
 * two batches. Every tenth batch, one file with all batches replaces those before. For one thread.
 */
final class BatchLog {
  private static final int COMPACT_EVERY = 10;
  private static final Pattern NAME = Pattern.compile("(batch|upto)-(\\d{1,18})\\.json");

  private final HadoopPartStore store;
  private final List<LoggedFile> files = new ArrayList<>();
  private final List<Reference> references = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private long latest = -1;

  /**
   * Reads the log.
   *
   * @param location the place that Spark gives the source in the checkpoint
   * @throws IOException if it cannot be read, or a batch is missing
   */
  BatchLog(String location, Configuration settings) throws IOException {
    store = new HadoopPartStore(location, settings);
    TreeMap<Long, String> batches = new TreeMap<>();
    TreeMap<Long, String> compact = new TreeMap<>();
    for (Entry entry : store.list()) {
      Matcher name = NAME.matcher(entry.name());
      if (name.matches()) {
        (name.group(1).equals("batch") ? batches : compact)
            .put(Long.valueOf(name.group(2)), entry.name());
      }
    }
    if (!compact.isEmpty()) {
      add(read(compact.lastEntry().getValue()));
      latest = compact.lastKey();
    }
    for (var batch : batches.tailMap(latest, false).entrySet()) {
      if (batch.getKey() != latest + 1) {
        require(latest + 1);
      }
      add(read(batch.getValue()));
      latest++;
    }
  }

  private LogPage read(String name) throws IOException {
    try (ByteSource source = store.open(name)) {
      return LogPage.read(source);
    }
  }

  private void add(LogPage page) {
    files.addAll(page.files());
    references.addAll(page.references());
    page.files().forEach(file -> names.add(file.name()));
  }

  /** The number of the last batch; -1 if there is none. */
  long latest() {
    return latest;
  }

  /**
   * Checks that a batch of which Spark knows is in the log.
   *
   * @throws IOException if not
   */
  Void require(long batch) throws IOException {
    if (batch > latest) {
      throw new IOException(
          String.format("%s: batch %d is missing; the checkpoint is damaged", store.name(), batch));
    }
    return null;
  }

  /** Whether a file is in some batch. */
  boolean has(String name) {
    return names.contains(name);
  }

  /** The references of all files. */
  List<Reference> references() {
    return references;
  }

  /** The files of the batches {@code (after, to]}, in order. */
  List<LoggedFile> files(long after, long to) {
    return files.stream().filter(file -> file.batch() > after && file.batch() <= to).toList();
  }

  /**
   * Writes the next batch.
   *
   * @param newReferences those that no earlier batch has
   * @throws IOException if it cannot be written, or another query has written it
   */
  void add(List<LoggedFile> batch, List<Reference> newReferences) throws IOException {
    LogPage page = LogPage.of(batch, newReferences);
    long next = latest + 1;
    store.makeFolder();
    try {
      store.publish("batch-" + next + ".json", page.toJson(), false, () -> {});
    } catch (FileAlreadyExistsException e) {
      throw new IOException(
          store.name() + ": another query uses this checkpoint at the same time", e);
    }
    add(page);
    latest = next;
    if ((latest + 1) % COMPACT_EVERY == 0) {
      compact();
    }
  }

  private void compact() throws IOException {
    String all = "upto-" + latest + ".json";
    store.publish(all, LogPage.of(files, references).toJson(), true, () -> {});
    for (Entry entry : store.list()) {
      if (NAME.matcher(entry.name()).matches() && !entry.name().equals(all)) {
        store.delete(entry.name());
      }
    }
  }
}
