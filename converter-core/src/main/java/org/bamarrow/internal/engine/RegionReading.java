package org.bamarrow.internal.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.filter.BedReferences;
import org.bamarrow.internal.filter.RegionParser;
import org.bamarrow.internal.index.IndexFiles;
import org.bamarrow.internal.index.RegionScope;
import org.bamarrow.internal.index.UnusableIndexException;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.ReadScope;

/**
 * The regions of a conversion: which records to read for them, along an index where one fits, and
 * whether that index told the truth. One thread.
 */
public final class RegionReading {
  private final List<BamInput> inputs;
  private final RegionOptions options;
  private final ReadSettings settings;
  private final List<Regions> places;
  private final BedReferences bed;
  private RegionScope indexed;

  /**
   * Gives the options' regions their meaning in the inputs.
   *
   * @param settings with which the inputs are read
   * @throws IllegalArgumentException if a region names a reference that the inputs do not have
   */
  RegionReading(ConversionInputs inputs, ReadSettings settings) {
    this.inputs = inputs.all();
    this.options = settings.options().regions();
    this.settings = settings;
    this.places = RegionParser.resolve(options, inputs.references());
    this.bed = BedReferences.of(options, inputs.references());
  }

  /** In all of which a row has to lie. */
  List<Regions> places() {
    return places;
  }

  /** Null where the options have no BED. */
  BedReferences bed() {
    return bed;
  }

  private boolean isEverywhere() {
    return !options.filters();
  }

  /**
   * The records that the regions leave.
   *
   * @throws IOException if an input or the index named cannot be read
   */
  public ReadScope scope() throws IOException {
    if (isEverywhere()) {
      return ReadScope.whole(inputs);
    }
    if (indexed == null) {
      indexed =
          RegionScope.open(
              inputs,
              places,
              options.index(),
              IndexFiles.LOCAL,
              settings.newInflater(),
              settings.maxRecord());
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
        besides == null ? wanted : () -> RecordFilter.and(wanted.get(), besides.get()));
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
    if (indexed != null && settings.options().rows().limit() < 0) {
      indexed.checkCounts();
    }
  }

  void close() {
    if (indexed != null) {
      indexed.close();
    }
  }
}
