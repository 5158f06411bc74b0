package org.bamarrow.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.Inflater;
import org.bamarrow.convert.ListMatch;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.Regions;
import org.bamarrow.convert.RowOptions;
import org.bamarrow.errors.Printable;
import org.bamarrow.internal.bam.BamHeader.Reference;
import org.bamarrow.internal.bam.RecordFilter;
import org.bamarrow.internal.bgzf.InflaterKind;
import org.bamarrow.internal.bgzf.Inflaters;
import org.bamarrow.internal.filter.BedReferences;
import org.bamarrow.internal.filter.RecordFilters;
import org.bamarrow.internal.filter.RegionParser;
import org.bamarrow.internal.index.IndexFiles;
import org.bamarrow.internal.index.RegionScope;
import org.bamarrow.internal.index.UnusableIndexException;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.DictionaryUnion;
import org.bamarrow.internal.read.EndOfFile;
import org.bamarrow.internal.read.InputHeaders;
import org.bamarrow.internal.read.MemoryPlan;
import org.bamarrow.internal.read.ReadScope;
import org.bamarrow.internal.read.ReadStatistics;
import org.bamarrow.internal.read.RecordPipeline;
import org.bamarrow.internal.read.SliceHandler;
import org.bamarrow.io.BamFormatException;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code bamarrow count}: the number of records. Uses neither Arrow nor options that depend on it,
 * for start-up (docs/performance.md).
 */
@Command(
    name = "count",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Print the number of records in BAMs, or of rows in Arrow data.",
      "All inputs are counted together; every block and record of a BAM is checked."
    },
    footer = {
      "",
      "Examples:",
      "  bamarrow count in.bam",
      "  bamarrow count --region chr1:1000-2000 in.bam",
      "  bamarrow count -@ 4 -F UNMAP,SECONDARY -q 30 lane1.bam lane2.bam",
      "  bamarrow count -q 30 --region chr1 out/",
      "  samtools view -u in.cram | bamarrow count -"
    })
final class CountCommand implements Callable<Integer> {
  private static final int READ_BYTES = 1 << 20;

  /** The reader itself counts. */
  private static final SliceHandler NOTHING_MORE = slice -> {};

  @Spec private CommandSpec spec;

  @Option(
      names = {"-@", "--threads"},
      paramLabel = "N",
      description = "Number of threads (default: all processors).")
  private Integer threads;

  @Mixin private MemoryArgument memory;
  @Mixin private FilterArguments filters;
  @Mixin private IndexedRegionArguments regions;

  @Option(
      names = "--inflater",
      paramLabel = "NAME",
      defaultValue = "auto",
      converter = MachineArguments.InflaterNames.class,
      completionCandidates = MachineArguments.InflaterNames.class,
      description = "auto (the fastest available), libdeflate, gkl, java or jdk (default: auto).")
  private Inflater inflater;

  @Option(
      names = "--allow-missing-eof",
      description = "Accept a BAM without an end-of-file marker, which may be truncated.")
  private boolean allowMissingEof;

  @Parameters(
      arity = "1..*",
      hideParamSyntax = true,
      paramLabel = "IN...",
      description = "BAMs (- for standard input), or Arrow files, streams or directories of parts.")
  private List<String> files;

  @Override
  public Integer call() throws IOException {
    MachineOptions machine = MachineOptions.defaults();
    int workers = (threads == null ? machine : machine.withThreads(threads)).threads();
    StandardInput.requireOnce(files, filters.files(), regions.files());
    RowOptions rows = filters.toRowOptions(-1);
    RegionOptions wanted = regions.toRegionOptions();
    if (allArrow()) {
      ArrowClasses.await();
      print(ArrowCount.of(files, rows, wanted, this::warn));
      return 0;
    }
    Supplier<InflaterKind> chosen = Inflaters.chooseAsync(inflater);
    List<ByteSource> sources = ByteSources.openAll(files);
    try {
      List<BamInput> inputs =
          InputHeaders.read(
              sources,
              (input, inflater) -> {
                if (!allowMissingEof) {
                  EndOfFile.check(input, inflater);
                }
              });
      MemoryPlan plan = MemoryPlan.of(BatchOptions.defaults(), memory.bytes(), workers);
      Counted counted = count(inputs, chosen.get(), rows, wanted, plan);
      FilterNotes.of(counted.lists, rows, counted.read.records()).forEach(this::warn);
      print(counted.read.rows());
      return 0;
    } finally {
      for (ByteSource source : sources) {
        source.close();
      }
    }
  }

  /**
   * Whether the inputs are Arrow data.
   *
   * @throws IllegalArgumentException if only some are
   */
  private boolean allArrow() throws IOException {
    String arrow = null;
    String bam = null;
    for (String file : files) {
      if (ArrowArguments.isArrow(file)) {
        arrow = file;
      } else {
        bam = file;
      }
    }
    if (arrow == null) {
      return false;
    }
    if (bam != null) {
      throw new IllegalArgumentException(
          "the inputs are either BAMs or Arrow data: "
              + arrow
              + " holds Arrow data, "
              + bam
              + " does not");
    }
    ArrowArguments.requireNone(
        spec, arrow, "-@", "--memory", "-X", "--inflater", "--allow-missing-eof");
    return true;
  }

  private static void print(long count) throws IOException {
    try (StandardOutput out = new StandardOutput()) {
      out.write((count + "\n").getBytes(StandardCharsets.US_ASCII));
    }
  }

  private record Counted(ReadStatistics read, Map<String, ListMatch> lists) {}

  private Counted count(
      List<BamInput> inputs,
      InflaterKind kind,
      RowOptions rows,
      RegionOptions wanted,
      MemoryPlan plan)
      throws IOException {
    if (!wanted.filters()) {
      return count(ReadScope.whole(inputs), kind, rows, plan);
    }
    List<Reference> references = DictionaryUnion.union(inputs);
    BedReferences bed = BedReferences.of(wanted, references);
    if (bed != null) {
      bed.warnings().forEach(this::warn);
    }
    List<Regions> places = RegionParser.resolve(wanted, references);
    try (RegionScope scope =
        RegionScope.open(
            inputs, places, wanted.index(), IndexFiles.LOCAL, kind.open(), plan.maxRecord())) {
      scope.warnings().forEach(this::warn);
      try {
        Counted counted = count(scope.scope(), kind, rows, plan);
        scope.checkCounts();
        return counted;
      } catch (UnusableIndexException | BamFormatException e) {
        if (!scope.usesIndex()) {
          throw e;
        }
        warn(UnusableIndexException.during(e).warning(UnusableIndexException.WHOLE_FILE));
      }
    }
    ReadScope whole = ReadScope.whole(inputs);
    Supplier<RecordFilter> filters = RegionScope.filters(places);
    return count(new ReadScope(whole.ranges(), whole.rangeEnd(), filters), kind, rows, plan);
  }

  private void warn(String message) {
    spec.commandLine().getErr().println("bamarrow: " + Printable.message(message));
  }

  private Counted count(ReadScope scope, InflaterKind kind, RowOptions rows, MemoryPlan plan)
      throws IOException {
    RecordFilters recordFilters = rows.filters() ? RecordFilters.sharing(rows) : null;
    RecordPipeline.Settings settings =
        new RecordPipeline.Settings(
            BatchOptions.defaults(),
            READ_BYTES,
            allowMissingEof,
            rows.limit(),
            plan.maxRecord(),
            kind::open,
            recordFilters,
            System::nanoTime);
    try (RecordPipeline reader =
        new RecordPipeline(scope, settings, Collections.nCopies(plan.workers(), NOTHING_MORE))) {
      reader.start(() -> {});
      reader.await();
      return new Counted(
          reader.statistics(), recordFilters == null ? Map.of() : recordFilters.matches());
    }
  }
}
