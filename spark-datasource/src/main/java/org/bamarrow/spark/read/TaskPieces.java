package org.bamarrow.spark.read;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.bamarrow.ConvertOptions;
import org.bamarrow.bam.BamHeader;
import org.bamarrow.bam.ByteStringSet;
import org.bamarrow.filter.RawField;
import org.bamarrow.filter.RawPredicate;
import org.bamarrow.filter.RawPredicates;
import org.bamarrow.index.ReferenceCounts;
import org.bamarrow.index.UnusableIndexException;
import org.bamarrow.index.WholeReferenceCount;
import org.bamarrow.io.ByteSource;
import org.bamarrow.read.BamSplit;
import org.slf4j.LoggerFactory;

/** Opens a task's pieces one after another. One thread. */
final class TaskPieces {
  private static final RawField RNAME = RawField.of(RawField.Column.RNAME);

  private final ReadPlan plan;
  private final Iterator<Piece> pieces;
  private final Configuration settings;
  private final RawPredicate wanted;

  /** Of the piece opened last. */
  private Piece piece;

  private BamHeader header;

  /** Of that piece, until it has been compared; null: nothing to compare. */
  private WholeReferenceCount count;

  TaskPieces(ReadPlan plan, BamPartition partition, Configuration settings) {
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
  OpenPiece open(long rows) throws IOException {
    OpenPiece missed = missed(rows);
    if (missed != null) {
      return missed;
    }
    while (pieces.hasNext()) {
      Piece next = pieces.next();
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

  private OpenPiece open(Piece next, RawPredicate filter, long rows) throws IOException {
    ByteSource source =
        Sources.openToRead(next.file(), next.split(), settings, plan.readAheadBytes());
    ConvertOptions options = plan.options();
    OpenPiece opened =
        OpenPiece.open(
            source,
            next,
            options.with(options.rows().withLimit(rows == Long.MAX_VALUE ? -1 : rows)),
            filter.equals(RawPredicate.TRUE)
                ? null
                : RawPredicates.compile(filter, options.columns().latin1()));
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
  private OpenPiece missed(long rows) throws IOException {
    WholeReferenceCount told = count;
    count = null;
    if (told == null) {
      return null;
    }
    try {
      told.check();
      return null;
    } catch (UnusableIndexException e) {
      LoggerFactory.getLogger(TaskPieces.class)
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
    Piece rest =
        new Piece(piece.file(), new BamSplit(0, piece.file().length()), piece.ranges().gaps());
    return open(rest, PushedPredicates.all(List.of(new RawPredicate.Or(places), wanted)), rows);
  }
}
