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
 * Looks on the driver for the indexes of files, several at a time, and sets each beside its file. A
 * file whose index cannot be trusted is read whole, and one warning says why.
 */
final class IndexLookup {
  /** Files open at a time: most of the time goes by waiting for remote ones. */
  private static final int THREADS = 16;

  private static final String ALL_IS_READ = "all of %s is read instead";

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
   * What of each file is to be read for a condition; null for files without an index that helps.
   *
   * @throws UncheckedIOException if a file or the index that was named cannot be read
   */
  List<IndexedFile> regions(RawPredicate wanted) {
    return all(file -> regions(file, wanted), ALL_IS_READ);
  }

  /** All of each file, which the index may cut; null for files without an index. */
  List<IndexedFile> whole() {
    return all(this::whole, ALL_IS_READ);
  }

  /**
   * Cuts what indexes tell. Of ranges that an index chose each cut is proved to be a record's
   * start, so that it is not too late to read the whole file instead; whole files prove theirs as
   * they are read, as other splits do.
   *
   * @param indexed as {@link #regions} and {@link #whole} give them
   * @param target compressed bytes of a piece
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

  /** How many records each file's index counts; null for files of which none tells. */
  List<Long> counts() {
    return all(this::count, "the number of records of %s is not known");
  }

  private interface Look<T> {
    T at(BamFile file) throws IOException;
  }

  /**
   * @param otherwise what follows for a file whose index cannot be trusted
   */
  private <T> List<T> all(Look<T> look, String otherwise) {
    List<BamFile> all = files.files();
    if (!index.isAuto() && all.size() > 1) {
      throw files
          .options()
          .invalid(SparkOption.INDEX, "auto or off, as there are " + all.size() + " files");
    }
    ExecutorService pool = Executors.newFixedThreadPool(Math.max(1, Math.min(THREADS, all.size())));
    try {
      List<Callable<T>> looks = new ArrayList<>();
      all.forEach(file -> looks.add(() -> trusted(file, look, otherwise)));
      List<T> found = new ArrayList<>();
      for (Future<T> future : pool.invokeAll(looks)) {
        found.add(future.get());
      }
      warn();
      return found;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw new UncheckedIOException(SparkWords.message(cause), cause);
      }
      throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
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
          warnings.size() == 1 ? "" : " (so are " + (warnings.size() - 1) + " other files)";
      LoggerFactory.getLogger(IndexLookup.class).warn("{}{}", warnings.peek(), more);
    }
  }

  private <T> T trusted(BamFile file, Look<T> look, String otherwise) throws IOException {
    try {
      return look.at(file);
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
    String name = index.isAuto() ? indexFiles.besideForRegions(file.name()) : named();
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
        EndOfFile.check(input, inflater); // maybe no task comes to the end
      }
      BamIndex read = read(name, input, inflater);
      if (!(read instanceof BinningIndex bins)) {
        throw new UnusableIndexException(name, "an SBI tells splits, not regions");
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
      warnings.add(file.name() + " has no index beside it; it is split as with splitting=blocks");
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
    return index.isAuto() ? indexFiles.besideForSplits(file.name()) : named();
  }

  /** The index that the option names. */
  private String named() throws IOException {
    String name = files.qualified(index.file());
    if (!indexFiles.exists(name)) {
      throw new IOException(index + ": there is no such index");
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
          .warn("index {} is older than the BAM; it fits as far as can be told", name);
    }
  }
}
