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

/** Opens a task's pieces one after another. One thread. */
final class TaskSplits {
  private static final RawField RNAME = RawField.of(RawField.Column.RNAME);

  private final ReadPlan plan;
  private final Iterator<FileSplit> pieces;
  private final Configuration settings;
  private final RawPredicate wanted;

  /** Of the piece opened last. */
  private FileSplit piece;

  private BamHeader header;

  /** Of that piece, until it has been compared; null: nothing to compare. */
  private WholeReferenceCount count;

  TaskSplits(ReadPlan plan, BamPartition partition, Configuration settings) {
    this.plan = plan;
    this.pieces = partition.pieces().iterator();
    this.settings = settings;
    wanted =
        partition.runtimeFilter() == null
            ? plan.filter()
            : PushedPredicates.all(
                List.of(partition.runtimeFilter().value().value(), plan.filter()));
  }

  /**
   * Opens the next piece, after the last one has been read to its end; pieces of files that are not
   * there any more are left out where that is allowed.
   *
   * @param rows at most; {@link Long#MAX_VALUE}: all
   * @return null at the end
   */
  OpenSplit open(long rows) throws IOException {
    OpenSplit missed = missed(rows);
    if (missed != null) {
      return missed;
    }
    while (pieces.hasNext()) {
      FileSplit next = pieces.next();
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
        Sources.openToRead(next.file(), next.split(), settings, plan.readAheadBytes());
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
    piece = next;
    header = opened.conversion().inputs().get(0).header();
    count = opened.count();
    InputFileBlockHolder.set(next.file().name(), next.split().begin(), next.split().length());
    return opened;
  }

  /**
   * Where the last piece has not the records that its index counts: all of the file that no task
   * reads, for the records that are missing from the piece.
   */
  private OpenSplit missed(long rows) throws IOException {
    WholeReferenceCount told = count;
    count = null;
    if (told == null) {
      return null;
    }
    try {
      told.check();
      return null;
    } catch (UnusableIndexException e) {
      LoggerFactory.getLogger(TaskSplits.class)
          .warn("{}; the rest of {} is read, too", e.getMessage(), piece.file().name());
    }
    ReferenceCounts counted = piece.ranges().counts();
    ByteStringSet.Builder names = new ByteStringSet.Builder();
    List<RawPredicate> places = new ArrayList<>();
    for (int id : counted.told().keySet()) {
      if (id == counted.references()) {
        places.add(new RawPredicate.IsNull(RNAME));
      } else {
        names.add(header.references().get(id).name());
      }
    }
    places.add(new RawPredicate.TextIn(RNAME, names.build(), false));
    FileSplit rest =
        new FileSplit(piece.file(), new BamSplit(0, piece.file().length()), piece.ranges().gaps());
    return open(rest, PushedPredicates.all(List.of(new RawPredicate.Or(places), wanted)), rows);
  }
}
