package org.bamarrow.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.bamarrow.convert.ConvertOptions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that shape a conversion, for the commands that do or describe one. */
abstract class ConversionCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Mixin private ColumnArguments columns;
  @Mixin private TagArguments tags;
  @Mixin private FilterArguments filters;
  @Mixin private IndexedRegionArguments regions;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "-1",
      hideParamSyntax = true,
      description = "Only the first N rows, across all files.")
  private long limit;

  @Mixin private BatchArguments batches;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      converter = Preset.Names.class,
      completionCandidates = Preset.Names.class,
      description = {
        "default; low-memory (the whole process under 512 MB), many-cores (larger chunks and"
            + " batches, half the heap), diagnostic (one thread, the JDK's inflater, -v). Other"
            + " options have precedence."
      })
  Preset preset = Preset.DEFAULT;

  @Mixin private MachineArguments machine;

  @Option(
      names = "--allow-missing-eof",
      description = "Accept a BAM without end-of-file marker, which may be cut short.")
  private boolean allowMissingEof;

  /**
   * @param inputs for checks among them
   * @throws IllegalArgumentException if options contradict each other or have no meaning
   */
  ConvertOptions options(List<String> inputs) {
    if (inputs.indexOf("-") != inputs.lastIndexOf("-")) {
      throw new IllegalArgumentException("standard input can be read only once");
    }
    ConvertOptions base = preset.options();
    return base.withColumns(columns.toColumnOptions())
        .withTags(tags.toTagOptions(columns))
        .withRows(filters.toRowOptions(limit))
        .withRegions(regions.toRegionOptions())
        .withBatches(batches.toBatchOptions(base.batches()))
        .withMachine(machine.toMachineOptions(base.machine()))
        .withAllowMissingEof(allowMissingEof);
  }
}
