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
 * The regions of a conversion: which records to read for them, with an index if one is usable, and
 * the check of that index after reading. Not thread-safe.
 */
public final class RegionReading {
  private final List<BamInput> inputs;
  private final RegionOptions options;
  private final ReadSettings settings;
  private final List<Regions> places;
  private final BedReferences bed;
  private RegionScope indexed;

  /**
   * Resolves the regions of the options for the inputs.
   *
   * @param settings how the inputs are read
   * @throws IllegalArgumentException if a region names a reference that is not in the inputs
   */
  RegionReading(ConversionInputs inputs, ReadSettings settings) {
    this.inputs = inputs.all();
    this.options = settings.options().regions();
    this.settings = settings;
    this.places = RegionParser.resolve(options, inputs.references());
    this.bed = BedReferences.of(options, inputs.references());
  }

  /** The resolved regions; a row must be in all of them. */
  List<Regions> places() {
    return places;
  }

  /** The references of the BED file; null if the options have none. */
  BedReferences bed() {
    return bed;
  }

  private boolean isEverywhere() {
    return !options.filters();
  }

  /**
   * The records in the regions.
   *
   * @throws IOException if an input or the specified index cannot be read
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

  /** The records of a scope, such as a split, that are in the regions. */
  ReadScope within(ReadScope scope) {
    if (isEverywhere() || scope.rangeEnd() == indexed) {
      return scope;
    }
    Supplier<RecordFilter> wanted = RegionScope.filters(places);
    Supplier<? extends RecordFilter> other = scope.filter();
    return new ReadScope(
        scope.ranges(),
        scope.rangeEnd(),
        other == null ? wanted : () -> RecordFilter.and(wanted.get(), other.get()));
  }

  /** Warnings for the user about the BED file and, after {@link #scope}, about the indexes. */
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

  /** Whether an index is used; valid after {@link #scope}. */
  public boolean usesIndex() {
    return indexed != null && indexed.usesIndex();
  }

  /**
   * Compares the record counts of the index with the records read; called after the whole {@link
   * #scope} has been read.
   *
   * @throws UnusableIndexException if they differ
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
