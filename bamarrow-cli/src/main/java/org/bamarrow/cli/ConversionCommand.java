package org.bamarrow.cli;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.TagType;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of a conversion, for the commands that run or describe one. */
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
      description = "Write only the first N rows of all inputs together.")
  private long limit;

  @Mixin private BatchArguments batches;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      converter = Preset.Names.class,
      completionCandidates = Preset.Names.class,
      description =
          "default; low-memory (less than 512 MB for the whole process); many-cores (larger"
              + " chunks and batches, half the heap); diagnostic (one thread, the inflater of the"
              + " JDK, -v). Other options take precedence.")
  Preset preset = Preset.DEFAULT;

  @Mixin private MachineArguments machine;

  @Option(
      names = "--allow-missing-eof",
      description = "Accept a BAM without an end-of-file marker, which may be truncated.")
  private boolean allowMissingEof;

  /**
   * @param inputs checked, with the lists, for duplicates of standard input
   * @throws IllegalArgumentException if options conflict or are invalid
   */
  ConvertOptions options(List<String> inputs) {
    StandardInput.requireOnce(inputs, lists());
    ConvertOptions base = preset.options();
    return base.withColumns(columns.toColumnOptions())
        .withTags(tags.toTagOptions(columns))
        .withRows(filters.toRowOptions(limit))
        .withRegions(regions.toRegionOptions())
        .withBatches(batches.toBatchOptions(base.batches()))
        .withMachine(machine.toMachineOptions(base.machine()))
        .withAllowMissingEof(allowMissingEof);
  }

  /**
   * The options of a conversion of Arrow data.
   *
   * @param input checked for options that do not apply to it
   * @throws IllegalArgumentException if options conflict or are invalid
   */
  ArrowOptions arrowOptions(String input) {
    ArrowArguments.requireOnly(spec, input, ArrowConvert.OPTIONS);
    StandardInput.requireOnce(lists());
    Set<String> omitted = columns.omittedOfArrow();
    omitted.addAll(tags.omittedOfArrow(columns));
    List<TagType> listed = tags.listedOfArrow(columns);
    BatchOptions base = ConvertOptions.defaults().batches();
    BatchOptions batch = batches.toBatchOptions(base);
    boolean keep = !given("--batch-rows") && !given("--batch-bytes");
    return ArrowOptions.defaults()
        .withColumns(columns.ofArrow(listed != null))
        .withOmitted(omitted)
        .withTags(listed)
        .withRows(filters.toRowOptions(limit))
        .withRegions(regions.toRegionOptions())
        .withBatches(keep ? ArrowOptions.KEEP : batch.rows(), batch.inflatedBytes())
        .withMachine(machine.toMachineOptions(ArrowOptions.defaults().machine()));
  }

  /** Whether an option was given, by its long name. */
  protected final boolean given(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** The names of the files of all lists of filters and regions. */
  List<String> lists() {
    return Stream.of(filters.files(), regions.files()).flatMap(List::stream).toList();
  }
}
