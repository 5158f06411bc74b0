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
 * A split whose header has been read and whose first record has been found, and the check of its
 * end.
 *
 * @param release frees what the check of the end needs
 * @param scope its records
 * @param alongIndex whether its ranges come from an index
 * @param count of the records of references that lie wholly in this split; null: none
 */
record OpenSplit(
    Conversion conversion,
    Runnable release,
    ReadScope scope,
    boolean alongIndex,
    WholeReferenceCount count)
    implements Closeable {
  /**
   * Opens a split.
   *
   * @param source owned from here on, even if this fails
   * @param filter which records are wanted; null: all
   */
  static OpenSplit open(
      ByteSource source, FileSplit split, ConvertOptions options, Supplier<RecordFilter> filter)
      throws IOException {
    Conversion conversion = Conversion.forSplits(List.of(source), options);
    try {
      return split.ranges() == null
          ? ofBytes(conversion, split.byteRange(), filter)
          : ofRanges(conversion, split.ranges(), filter);
    } catch (IOException | RuntimeException e) {
      try (conversion) {
        throw e;
      }
    }
  }

  private static OpenSplit ofBytes(
      Conversion conversion, BamSplit bytes, Supplier<RecordFilter> filter) throws IOException {
    SplitFinder finder = conversion.newSplitFinder();
    try {
      BamRange range = finder.range(conversion.inputs().get(0), bytes);
      ReadScope scope = new ReadScope(List.of(range), finder, filter);
      return new OpenSplit(conversion, finder::close, scope, false, null);
    } catch (IOException | RuntimeException e) {
      try (finder) {
        throw e;
      }
    }
  }

  private static OpenSplit ofRanges(
      Conversion conversion, IndexedRanges ranges, Supplier<RecordFilter> filter) {
    BamInput input = conversion.inputs().get(0);
    WholeReferenceCount count =
        ranges.counts() == null ? null : new WholeReferenceCount(ranges.counts(), input);
    BlockInflater inflater = conversion.newInflater();
    RangeEnd ends = new IndexedEnds(ranges.index(), input, inflater, conversion.maxRecord());
    Supplier<RecordFilter> counting =
        count == null ? filter : RawPredicates.and(count.counting(), filter);
    ReadScope scope = new ReadScope(ranges.of(input), checked(ends), counting);
    return new OpenSplit(conversion, inflater::close, scope, true, count);
  }

  /** Rows have been returned already: it is too late to fall back to a read without the index. */
  private static RangeEnd checked(RangeEnd ends) {
    return (range, next) -> {
      try {
        ends.reached(range, next);
      } catch (UnusableIndexException e) {
        throw e.asError();
      }
    };
  }

  /** May be called after the conversion has been closed elsewhere. */
  @Override
  public void close() throws IOException {
    release.run();
    conversion.close();
  }
}
