package org.bamarrow.spark.read;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bamarrow.convert.IndexChoice;
import org.bamarrow.convert.Regions;
import org.bamarrow.internal.bgzf.BlockInflater;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.filter.PredicateRegions;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.index.BamIndex;
import org.bamarrow.internal.index.BinningIndex;
import org.bamarrow.internal.index.IndexCheck;
import org.bamarrow.internal.index.IndexFiles;
import org.bamarrow.internal.index.RegionPlan;
import org.bamarrow.internal.index.UnusableIndexException;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.EndOfFile;
import org.bamarrow.io.ByteSource;
import org.bamarrow.spark.files.BamFile;
import org.bamarrow.spark.files.HadoopIndexFiles;
import org.bamarrow.spark.files.Sources;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkOption;
import org.bamarrow.spark.options.SparkWords;
import org.slf4j.LoggerFactory;

/**
 * Finds and checks the indexes of files on the driver, several at a time. A file whose index is not
 * valid is read completely, and one warning gives the reason.
 */
final class IndexLookup {
  /** Files that are open at the same time: most of the time is spent waiting for remote ones. */
  private static final int THREADS = 16;

  private static final String ALL_IS_READ = "the whole of %s is read instead";

  private final TableFiles files;
  private final IndexChoice index;
  private final IndexFiles indexFiles;
  private final Queue<String> warnings = new ConcurrentLinkedQueue<>();

  IndexLookup(TableFiles files) {
    this.files = files;
    String option = files.options().text(SparkOption.INDEX);
    index =
        option == null || option.equalsIgnoreCase("auto")
            ? IndexChoice.AUTO
            : option.equalsIgnoreCase("off") ? IndexChoice.OFF : IndexChoice.named(option);
    indexFiles = new HadoopIndexFiles(files.settings());
  }

  boolean isOff() {
    return index.isOff();
  }

  /**
   * The ranges of each file to be read for a condition; null for files without a usable index.
   *
   * @throws UncheckedIOException if a file, or the index that the option names, cannot be read
   */
  List<IndexedFile> regions(RawPredicate wanted) {
    return all(file -> regions(file, wanted), ALL_IS_READ);
  }

  /** The whole of each file, which its index can split; null for files without an index. */
  List<IndexedFile> whole() {
    return all(this::whole, ALL_IS_READ);
  }

  /**
   * Splits the ranges. For ranges that an index chose, each split position is checked here to be
   * the start of a record, while the whole file can still be read instead; for whole files the
   * tasks check it, as for other splits.
   *
   * @param indexed from {@link #regions} or {@link #whole}
   * @param target compressed bytes of a split
   */
  List<IndexedFile> cut(List<IndexedFile> indexed, long target) {
    Map<BamFile, IndexedFile> byFile = new HashMap<>();
    indexed.stream().filter(Objects::nonNull).forEach(each -> byFile.put(each.file(), each));
    return byFile.isEmpty() ? indexed : all(file -> cut(byFile.get(file), target), ALL_IS_READ);
  }

  private IndexedFile cut(IndexedFile indexed, long target) throws IOException {
    List<Long> cuts = indexed == null ? List.of() : indexed.cutsFor(target);
    if (cuts.isEmpty()) {
      return indexed;
    }
    if (indexed.chosen()) {
      try (Conversion conversion = open(indexed.file());
          BlockInflater inflater = conversion.newInflater()) {
        BamInput input = conversion.inputs().get(0);
        IndexCheck check = new IndexCheck(indexed.index(), input, inflater, conversion.maxRecord());
        for (long cut : cuts) {
          check.checkRecord(cut);
        }
      }
    }
    return indexed.with(cuts);
  }

  /** The number of records of each file, from its index; null if it is not known. */
  List<Long> counts() {
    return all(this::count, "the number of records of %s is not known");
  }

  private interface IndexTask<T> {
    T run(BamFile file) throws IOException;
  }

  /**
   * @param otherwise the consequence for a file whose index is not valid, for the warning
   */
  private <T> List<T> all(IndexTask<T> task, String otherwise) {
    List<BamFile> all = files.files();
    if (!index.isAuto() && all.size() > 1) {
      throw files
          .options()
          .invalid(
              SparkOption.INDEX, "auto or off, which are required for " + all.size() + " files");
    }
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(THREADS, all.size())));
    try {
      List<Callable<T>> tasks = new ArrayList<>();
      all.forEach(file -> tasks.add(() -> trusted(file, task, otherwise)));
      List<T> found = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(tasks)) {
        found.add(future.get());
      }
      warn();
      return found;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new UncheckedIOException(SparkWords.message(cause), cause);
      }
      throw new IllegalStateException(SparkWords.message(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(
          new InterruptedIOException("interrupted while indexes were read"));
    } finally {
      pool.shutdownNow();
    }
  }

  private void warn() {
    if (!warnings.isEmpty()) {
      String more =
          warnings.size() == 1 ? "" : " (likewise for " + (warnings.size() - 1) + " other files)";
      LoggerFactory.getLogger(IndexLookup.class).warn("{}{}", warnings.peek(), more);
    }
  }

  private <T> T trusted(BamFile file, IndexTask<T> task, String otherwise) throws IOException {
    try {
      return task.run(file);
    } catch (UnusableIndexException e) {
      warnings.add(e.warning(otherwise.formatted(file.name())));
      return null;
    } catch (FileNotFoundException e) {
      if (files.ignoresMissing()) {
        return null;
      }
      throw e;
    }
  }

  private IndexedFile regions(BamFile file, RawPredicate wanted) throws IOException {
    String name = index.isAuto() ? indexFiles.findForRegions(file.name()) : named();
    if (name == null) {
      return null;
    }
    try (Conversion conversion = open(file);
        BlockInflater inflater = conversion.newInflater()) {
      BamInput input = conversion.inputs().get(0);
      Regions regions = PredicateRegions.of(wanted, input.header().references());
      if (regions.isAll()) {
        return null;
      }
      if (!conversion.options().allowMissingEof()) {
        EndOfFile.check(input, inflater); // maybe no task reads to the end
      }
      BamIndex read = read(name, input, inflater);
      if (!(read instanceof BinningIndex bins)) {
        throw new UnusableIndexException(name, "an SBI has split positions, but no regions");
      }
      RegionPlan plan = RegionPlan.of(bins, input.header(), regions);
      new IndexCheck(bins, input, inflater, conversion.maxRecord()).check(plan);
      warnIfOlder(name, file);
      return IndexedFile.chosen(file, bins, plan);
    }
  }

  private IndexedFile whole(BamFile file) throws IOException {
    String name = nameForWhole(file);
    if (name == null) {
      warnings.add(file.name() + " has no index; it is split as with splitting=blocks");
      return null;
    }
    try (Conversion conversion = open(file);
        BlockInflater inflater = conversion.newInflater()) {
      BamInput input = conversion.inputs().get(0);
      BamIndex read = checked(name, input, conversion, inflater);
      return IndexedFile.all(file, read, input.header().firstRecord());
    }
  }

  private Long count(BamFile file) throws IOException {
    String name = nameForWhole(file);
    if (name == null) {
      return null;
    }
    try (Conversion conversion = open(file);
        BlockInflater inflater = conversion.newInflater()) {
      long records = checked(name, conversion.inputs().get(0), conversion, inflater).records();
      return records == BamIndex.UNKNOWN ? null : Long.valueOf(records);
    }
  }

  private BamIndex checked(
      String name, BamInput input, Conversion conversion, BlockInflater inflater)
      throws IOException {
    BamIndex read = read(name, input, inflater);
    new IndexCheck(read, input, inflater, conversion.maxRecord()).check();
    return read;
  }

  private String nameForWhole(BamFile file) throws IOException {
    return index.isAuto() ? indexFiles.findForSplits(file.name()) : named();
  }

  /** The index that the option names. */
  private String named() throws IOException {
    String name = files.qualified(index.file());
    if (!indexFiles.exists(name)) {
      throw new IOException(index + ": the index does not exist");
    }
    return name;
  }

  private Conversion open(BamFile file) throws IOException {
    return Conversion.forSplits(
        List.of(Sources.open(file, files.settings())), files.options().convert());
  }

  private BamIndex read(String name, BamInput input, BlockInflater inflater) throws IOException {
    try (ByteSource source = indexFiles.open(name)) {
      return BamIndex.read(source, inflater, input.header().references().size());
    }
  }

  private void warnIfOlder(String name, BamFile file) throws IOException {
    long modified = indexFiles.modified(name);
    if (modified != IndexFiles.UNKNOWN && modified < indexFiles.modified(file.name())) {
      LoggerFactory.getLogger(IndexLookup.class)
          .warn("index {} is older than the BAM, but is valid for it as far as checked", name);
    }
  }
}
