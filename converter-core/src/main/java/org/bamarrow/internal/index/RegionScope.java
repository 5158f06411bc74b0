package org.bamarrow.internal.index;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bamarrow.convert.IndexChoice;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.filter.RegionFilter;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.BamRange;
import org.bamarrow.internal.read.RangeEnd;
import org.bamarrow.internal.read.ReadScope;
import org.bamarrow.io.ByteSource;

/**
 * The records of inputs that overlap regions: read through an index if there is one that matches
 * the file, and from the whole file otherwise, always with the exact filter. So an index saves
 * work, but does not determine the rows.
 */
public final class RegionScope implements RangeEnd, Closeable {
  private final List<Regions> regions;
  private final BlockInflater inflater;
  private final int maxRecord;
  private final List<BamRange> ranges = new ArrayList<>();
  private final Map<BamInput, IndexCheck> checks = new IdentityHashMap<>();
  private final List<WholeReferenceCount> counts = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private RegionScope(List<Regions> regions, BlockInflater inflater, int maxRecord) {
    this.regions = regions;
    this.inflater = inflater;
    this.maxRecord = maxRecord;
  }

  /**
   * Finds and checks the indexes.
   *
   * @param regions a record must overlap all of these; empty: no restriction
   * @param inflater owned by the scope
   * @param maxRecord maximum block_size of a record
   * @throws IllegalArgumentException if an index is given for more than one input
   * @throws IOException if the given index or an input cannot be read
   */
  public static RegionScope open(
      List<BamInput> inputs,
      List<Regions> regions,
      IndexChoice index,
      IndexFiles files,
      BlockInflater inflater,
      int maxRecord)
      throws IOException {
    boolean named = index.mode() == IndexChoice.Mode.NAMED;
    if (named && inputs.size() > 1) {
      throw new IllegalArgumentException(
          "index " + index + " applies to one BAM, but " + inputs.size() + " inputs are given");
    }
    if (named && !files.exists(index.file())) {
      throw new IOException(index + ": no such index file");
    }
    RegionScope scope = new RegionScope(regions, inflater, maxRecord);
    try {
      for (BamInput input : inputs) {
        scope.add(input, index, files);
      }
      return scope;
    } catch (IOException | RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  private void add(BamInput input, IndexChoice index, IndexFiles files) throws IOException {
    Regions wanted = regions.stream().filter(each -> !each.isAll()).findFirst().orElse(null);
    boolean seekable = input.source().size() != ByteSource.UNKNOWN_SIZE;
    if (wanted == null || index.isOff() || !seekable) {
      ranges.add(BamRange.whole(input));
      return;
    }
    String bam = input.source().name();
    String name = index.isAuto() ? files.findForRegions(bam) : index.file();
    if (name == null) {
      warnings.add(bam + " has no index (.csi, .bai); " + UnusableIndexException.WHOLE_FILE);
      ranges.add(BamRange.whole(input));
      return;
    }
    try {
      addIndexed(input, name, wanted, files);
    } catch (UnusableIndexException e) {
      warnings.add(e.warning(UnusableIndexException.WHOLE_FILE));
      ranges.add(BamRange.whole(input));
    }
  }

  private void addIndexed(BamInput input, String name, Regions wanted, IndexFiles files)
      throws IOException {
    BamIndex index;
    try (ByteSource source = files.open(name)) {
      index = BamIndex.read(source, inflater, input.header().references().size());
    }
    if (!(index instanceof BinningIndex bins)) {
      throw new UnusableIndexException(name, "an SBI index does not support regions");
    }
    RegionPlan plan = RegionPlan.of(bins, input.header(), wanted);
    IndexCheck check = new IndexCheck(bins, input, inflater, maxRecord);
    check.check(plan);
    long modified = files.modified(name);
    if (modified != IndexFiles.UNKNOWN && modified < files.modified(input.source().name())) {
      warnings.add("index " + name + " is older than the BAM; no inconsistency was found");
    }
    checks.put(input, check);
    ranges.addAll(plan.of(input));
    if (!plan.whole().isEmpty()) {
      ReferenceCounts expected = ReferenceCounts.of(bins, plan.whole().stream().boxed()::iterator);
      counts.add(new WholeReferenceCount(expected, input));
    }
  }

  /** The ranges and filters to read with. */
  public ReadScope scope() {
    return new ReadScope(ranges, this, filters());
  }

  private Supplier<RecordFilter> filters() {
    List<Supplier<RecordFilter>> filters = new ArrayList<>();
    counts.forEach(count -> filters.add(count.counting()));
    filters.add(filters(regions));
    return all(filters);
  }

  /**
   * Filters that accept the records that overlap all of these regions; the supplier gives null if
   * there is no restriction.
   */
  public static Supplier<RecordFilter> filters(List<Regions> regions) {
    return all(regions.stream().filter(each -> !each.isAll()).map(RegionFilter::sharing).toList());
  }

  private static Supplier<RecordFilter> all(List<Supplier<RecordFilter>> filters) {
    return () ->
        filters.stream().map(Supplier::get).reduce(null, RecordFilter::and, RecordFilter::and);
  }

  /** Whether any input is read through an index. */
  public boolean usesIndex() {
    return !checks.isEmpty();
  }

  /** Warnings for the user, one line each. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  @Override
  public void reached(BamRange range, long next) throws IOException {
    IndexCheck check = checks.get(range.input());
    if (check != null) {
      check.reached(range, next);
    }
  }

  /**
   * Compares the counts of the records read with those in the indexes; called after everything in
   * the scope has been read.
   *
   * @throws UnusableIndexException if they differ
   */
  public void checkCounts() throws UnusableIndexException {
    for (WholeReferenceCount count : counts) {
      count.check();
    }
  }

  @Override
  public void close() {
    inflater.close();
  }
}
