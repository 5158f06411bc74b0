package org.bamarrow.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.BamArrowReader;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.RegionOptions;
import org.bamarrow.convert.Strategy;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.io.ByteSources;
import org.bamarrow.verify.ArrowToSam;
import org.bamarrow.verify.ArrowToSam.Parts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code bamarrow head}: the first records as SAM text; those of a BAM are converted to Arrow and
 * back.
 */
@Command(
    name = "head",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Print the first records of a BAM, or of Arrow data written by bamarrow, as SAM" + " text.",
      "Nothing after them is read, so damage there does not matter; with regions the"
          + " end-of-file marker is checked nevertheless."
    },
    footer = {
      "",
      "Examples:",
      "  bamarrow head in.bam",
      "  bamarrow head --region chr1:1000-2000 in.bam",
      "  bamarrow head -n 3 -f SUPPLEMENTARY in.bam",
      "  bamarrow head -q 30 --region chr1 out/"
    })
final class HeadCommand implements Callable<Integer> {
  /** One BGZF block at a time, so that nothing after the last requested record is read. */
  private static final BatchOptions BLOCK_BY_BLOCK = new BatchOptions(1_000, 1 << 16, 1 << 16);

  private static final TagOptions ALL_TAGS = TagOptions.NONE.withOther(OtherTags.ALL);

  @Spec private CommandSpec spec;

  @Option(
      names = "-n",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of records (default: 10).")
  private long count;

  @Mixin private MemoryArgument memory;
  @Mixin private FilterArguments filters;
  @Mixin private IndexedRegionArguments regions;

  @Option(
      names = "--allow-missing-eof",
      description = "Accept a BAM without an end-of-file marker, which may be truncated.")
  private boolean allowMissingEof;

  @Parameters(
      paramLabel = "IN",
      description = "A BAM (- for standard input), or an Arrow file, stream or directory of parts.")
  private String file;

  @Override
  public Integer call() throws IOException {
    if (count < 0) {
      throw new IllegalArgumentException("-n " + count + ": must be at least 0");
    }
    StandardInput.requireOnce(List.of(file), filters.files(), regions.files());
    if (ArrowArguments.isArrow(file)) {
      ArrowClasses.await();
      ArrowArguments.requireNone(spec, file, "--memory", "-X", "--allow-missing-eof");
      RegionOptions places = regions.toRegionOptions();
      try (StandardOutput out = new StandardOutput()) {
        new ArrowSam(Path.of(file), filters.toRowOptions(count), places, this::warn)
            .write(out, Parts.RECORDS);
      }
      return 0;
    }
    ConvertOptions options = ConvertOptions.defaults();
    MachineOptions machine = options.machine();
    options =
        options
            .withTags(ALL_TAGS)
            .withRows(filters.toRowOptions(count))
            .withRegions(regions.toRegionOptions())
            .withAllowMissingEof(allowMissingEof)
            .withBatches(BLOCK_BY_BLOCK)
            .withMachine(
                machine
                    .withStrategy(Strategy.SEQUENTIAL)
                    .withThreads(1)
                    .withMemoryBytes(memory.bytes()));
    try (BufferAllocator allocator = new RootAllocator();
        BamArrowReader reader =
            new BamArrowReader(ByteSources.openAll(List.of(file)), options, allocator, this::warn);
        StandardOutput out = new StandardOutput()) {
      ArrowToSam.write(reader, out);
      FilterNotes.of(reader.lists(), options.rows(), reader.counts().records()).forEach(this::warn);
    }
    return 0;
  }

  private void warn(String message) {
    spec.commandLine().getErr().println("bamarrow: " + message);
  }
}
