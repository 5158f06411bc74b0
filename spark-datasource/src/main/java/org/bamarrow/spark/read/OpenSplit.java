package org.bamarrow.spark.read;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.filter.RawPredicates;
import org.bamarrow.internal.index.IndexedEnds;
import org.bamarrow.internal.index.UnusableIndexException;
import org.bamarrow.internal.index.WholeReferenceCount;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.BamRange;
import org.bamarrow.internal.read.BamSplit;
import org.bamarrow.internal.read.RangeEnd;
import org.bamarrow.internal.read.ReadScope;
import org.bamarrow.internal.read.SplitFinder;
import org.bamarrow.io.ByteSource;

/**
 * A piece of which the header is read and the first record found, and the proof of its end.
 *
 * @param release frees what the proof needs
 * @param scope its records
 * @param alongIndex whether an index told its ranges
 * @param count of references that the piece should have whole; null: none
 */
record OpenSplit(
    Conversion conversion,
    Runnable release,
    ReadScope scope,
    boolean alongIndex,
    WholeReferenceCount count)
    implements Closeable {
  /**
   * Opens a piece.
   *
   * @param source owned from here on, also where this fails
   * @param filter which records are wanted; null: all
   */
  static OpenSplit open(
      ByteSource source, FileSplit piece, ConvertOptions options, Supplier<RecordFilter> filter)
      throws IOException {
    Conversion conversion = Conversion.forSplits(List.of(source), options);
    try {
      return piece.ranges() == null
          ? split(conversion, piece.split(), filter)
          : indexed(conversion, piece.ranges(), filter);
    } catch (IOException | RuntimeException e) {
      try (conversion) {
        throw e;
      }
    }
  }

  private static OpenSplit split(
      Conversion conversion, BamSplit split, Supplier<RecordFilter> filter) throws IOException {
    SplitFinder finder = conversion.newSplitFinder();
    try {
      BamRange range = finder.range(conversion.inputs().get(0), split);
      ReadScope scope = new ReadScope(List.of(range), finder, filter);
      return new OpenSplit(conversion, finder::close, scope, false, null);
    } catch (IOException | RuntimeException e) {
      try (finder) {
        throw e;
      }
    }
  }

  private static OpenSplit indexed(
      Conversion conversion, IndexedRanges ranges, Supplier<RecordFilter> filter) {
    BamInput input = conversion.inputs().get(0);
    WholeReferenceCount count =
        ranges.counts() == null ? null : new WholeReferenceCount(ranges.counts(), input);
    BlockInflater inflater = conversion.newInflater();
    RangeEnd ends = new IndexedEnds(ranges.index(), input, inflater, conversion.maxRecord());
    Supplier<RecordFilter> counting =
        count == null ? filter : RawPredicates.and(count.counting(), filter);
    ReadScope scope = new ReadScope(ranges.of(input), proved(ends), counting);
    return new OpenSplit(conversion, inflater::close, scope, true, count);
  }

  /** Rows have been given away already: it is too late to do without the index. */
  private static RangeEnd proved(RangeEnd ends) {
    return (range, next) -> {
      try {
        ends.reached(range, next);
      } catch (UnusableIndexException e) {
        throw e.asError();
      }
    };
  }

  /** May follow on others that close the conversion. */
  @Override
  public void close() throws IOException {
    release.run();
    conversion.close();
  }
}
