package org.bamarrow.spark.read;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.internal.bam.BamHeader;
import org.bamarrow.internal.base.ByteStringSet;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.filter.RawPredicates;
import org.bamarrow.internal.index.ReferenceCounts;
import org.bamarrow.internal.index.UnusableIndexException;
import org.bamarrow.internal.index.WholeReferenceCount;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.io.ByteSource;
import org.bamarrow.spark.files.Sources;
import org.bamarrow.spark.pushdown.PushedPredicates;
import org.slf4j.LoggerFactory;

/** Opens the splits of a task, one after another. One thread. */
final class TaskSplits {
  private static final RawField RNAME = RawField.of(RawField.Column.RNAME);

  private final ReadPlan plan;
  private final Iterator<FileSplit> splits;
  private final Configuration settings;
  private final RawPredicate wanted;

  /** The split opened last. */
  private FileSplit current;

  private BamHeader header;

  /** The count of that split, until it has been checked; null: nothing to check. */
  private WholeReferenceCount count;

  TaskSplits(ReadPlan plan, BamPartition partition, Configuration settings) {
    this.plan = plan;
    this.splits = partition.splits().iterator();
    this.settings = settings;
    wanted =
        partition.runtimeFilter() == null
            ? plan.filter()
            : PushedPredicates.all(
                List.of(partition.runtimeFilter().value().value(), plan.filter()));
  }

  /** The split opened last; null: none yet. */
  FileSplit current() {
    return current;
  }

  /**
   * Opens the next split, after the previous one has been read to its end. Splits of files that no
   * longer exist are skipped if {@code ignoreMissingFiles} allows it.
   *
   * @param rows maximum rows; {@link Long#MAX_VALUE}: all
   * @return null at the end
   */
  OpenSplit open(long rows) throws IOException {
    OpenSplit rest = missingRecords(rows);
    if (rest != null) {
      return rest;
    }
    while (splits.hasNext()) {
      FileSplit next = splits.next();
      try {
        return open(next, wanted, rows);
      } catch (FileNotFoundException e) {
        if (!plan.ignoreMissing()) {
          throw e;
        }
      }
    }
    return null;
  }

  private OpenSplit open(FileSplit next, RawPredicate filter, long rows) throws IOException {
    ByteSource source =
        Sources.openToRead(next.file(), next.byteRange(), settings, plan.readAheadBytes());
    ConvertOptions options = plan.options();
    OpenSplit opened =
        OpenSplit.open(
            source,
            next,
            options.withRows(options.rows().withLimit(rows == Long.MAX_VALUE ? -1 : rows)),
            filter.equals(RawPredicate.TRUE)
                ? null
                : RawPredicates.compile(
                    filter, options.columns().textEncoding() == TextEncoding.LATIN_1));
    current = next;
    header = opened.conversion().inputs().get(0).header();
    count = opened.count();
    InputFileBlockHolder.set(
        next.file().name(), next.byteRange().begin(), next.byteRange().length());
    return opened;
  }

  /**
   * If the previous split does not have as many records as its index counts: the parts of the file
   * that no task reads, filtered to the references whose records are missing.
   */
  private OpenSplit missingRecords(long rows) throws IOException {
    WholeReferenceCount expected = count;
    count = null;
    if (expected == null) {
      return null;
    }
    try {
      expected.check();
      return null;
    } catch (UnusableIndexException e) {
      LoggerFactory.getLogger(TaskSplits.class)
          .warn("{}; the rest of {} is read as well", e.getMessage(), current.file().name());
    }
    ReferenceCounts counted = current.ranges().counts();
    ByteStringSet.Builder names = new ByteStringSet.Builder();
    List<RawPredicate> places = new ArrayList<>();
    for (int id : counted.counts().keySet()) {
      if (id == counted.references()) {
        places.add(new RawPredicate.IsNull(RNAME));
      } else {
        names.add(header.references().get(id).name());
      }
    }
    places.add(new RawPredicate.TextIn(RNAME, names.build(), false));
    FileSplit rest =
        new FileSplit(
            current.file(), new BamSplit(0, current.file().length()), current.ranges().gaps());
    return open(rest, PushedPredicates.all(List.of(new RawPredicate.Or(places), wanted)), rows);
  }
}
