package org.bamarrow.internal.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.filter.BedReferences;
import org.bamarrow.internal.index.IndexFiles;
import org.bamarrow.internal.index.RegionScope;
import org.bamarrow.internal.index.UnusableIndexException;
import org.bamarrow.internal.read.ReadScope;

/**
 * The regions of a conversion: which records to read for them, along an index where one fits, and
 * whether that index told the truth. One thread.
 */
public final class RegionReading {
  private final Conversion conversion;
  private final List<Regions> places;
  private final BedReferences bed;
  private RegionScope indexed;

  /**
   * @param places in all of which a row has to lie
   * @param bed null: no BED is among them
   */
  RegionReading(Conversion conversion, List<Regions> places, BedReferences bed) {
    this.conversion = conversion;
    this.places = places;
    this.bed = bed;
  }

  List<Regions> places() {
    return places;
  }

  BedReferences bed() {
    return bed;
  }

  private boolean isEverywhere() {
    return !conversion.options().regions().filters();
  }

  /**
   * The records that the regions leave.
   *
   * @throws IOException if an input or the index named cannot be read
   */
  public ReadScope scope() throws IOException {
    if (isEverywhere()) {
      return ReadScope.whole(conversion.inputs());
    }
    if (indexed == null) {
      indexed =
          RegionScope.open(
              conversion.inputs(),
              places,
              conversion.options().regions().index(),
              IndexFiles.LOCAL,
              conversion.newInflater(),
              conversion.maxRecord());
    }
    return indexed.scope();
  }

  /** The records of a scope, such as a split, that the regions leave. */
  ReadScope within(ReadScope scope) {
    if (isEverywhere() || scope.rangeEnd() == indexed) {
      return scope;
    }
    Supplier<RecordFilter> wanted = RegionScope.filters(places);
    Supplier<? extends RecordFilter> besides = scope.filter();
    return new ReadScope(
        scope.ranges(),
        scope.rangeEnd(),
        besides == null ? wanted : () -> RecordFilter.both(wanted.get(), besides.get()));
  }

  /** What the user should know about the BED, and after {@link #scope} about the indexes. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (bed != null) {
      warnings.addAll(bed.warnings());
    }
    if (indexed != null) {
      warnings.addAll(indexed.warnings());
    }
    return warnings;
  }

  /** Whether an index leads the reading; after {@link #scope}. */
  public boolean usesIndex() {
    return indexed != null && indexed.usesIndex();
  }

  /**
   * After all of {@link #scope} has been read: the counts of an index that led there must be those
   * of the records read.
   *
   * @throws UnusableIndexException if they are not
   */
  public void checkCounts() throws UnusableIndexException {
    if (indexed != null && conversion.options().rows().limit() < 0) {
      indexed.checkCounts();
    }
  }

  void close() {
    if (indexed != null) {
      indexed.close();
    }
  }
}
