package org.bamarrow.spark.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.bamarrow.cli.ConvertCommand;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.MachineOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.Strategy;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.parts.PartPlan;
import org.bamarrow.internal.parts.PartsJob;
import org.bamarrow.io.ByteSource;
import org.bamarrow.io.ByteSources;
import org.bamarrow.io.SourcePool;
import org.bamarrow.parts.PartSize;
import org.bamarrow.spark.files.BamFile;
import org.bamarrow.spark.files.HadoopPartStore;
import org.bamarrow.spark.files.Sources;
import org.bamarrow.spark.files.SuccessMarker;
import org.bamarrow.spark.files.TableFiles;
import org.bamarrow.spark.options.SparkOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;

/** {@code convert} on a cluster instead of the threads of this machine. */
@Command(
    name = "convert",
    description = {
      "Convert BAMs to a directory of Arrow IPC files on a Spark cluster.",
      "Inputs and output are on any Hadoop file system; inputs may be directories and globs. The"
          + " directory is complete once it has a _manifest.json."
    },
    footer = {
      "",
      "Examples, each after: spark-submit --class org.bamarrow.spark.job.ConvertJob"
          + " bamarrow-spark.jar",
      "  convert hdfs:///runs/lane*.bam hdfs:///arrow/run7/",
      "  convert --part-size 256M --compression zstd --tags CB:Z,UB:Z s3a://b/in.bam s3a://b/out/"
    })
final class ClusterConvert extends ConvertCommand {
  /** The input size from which on a cluster is faster, including its start. */
  private static final long WORTH_A_CLUSTER = 1 << 30;

  private static final long TASK_MEMORY = 512 << 20;
  private static final List<String> MACHINE =
      List.of("--threads", "--strategy", "--preset", "--durable", "--direct-io");

  @Option(
      names = "--single-file",
      description = {
        "Write one Arrow IPC file instead: the parts are written to a directory beside it and"
            + " then concatenated in order, without decoding."
      })
  private boolean singleFile;

  /** The command, with a help text for clusters: without pipes and the options of one machine. */
  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.forAnnotatedObject(new ClusterConvert());
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (MACHINE.contains(option.longestName()) || option.longestName().equals("--segments")) {
        spec.remove(option);
        spec.addOption(OptionSpec.builder(option).hidden(true).build());
      }
    }
    PositionalParamSpec files = spec.positionalParameters().get(0);
    spec.remove(files);
    return spec.addPositional(
        PositionalParamSpec.builder(files)
            .paramLabel("IN... OUT/")
            .description(
                "The BAMs: files, directories or globs; then the directory of parts, whose name"
                    + " ends with /, or a file with --single-file.")
            .build());
  }

  /** Directories hold BAMs here. */
  @Override
  protected boolean isArrow(String input) {
    return false;
  }

  @Override
  protected ConvertReport convert(
      List<String> inputs,
      String target,
      ConvertOptions options,
      PartSize partSize,
      PrintWriter notes)
      throws IOException {
    for (String option : MACHINE) {
      if (given(option)) {
        throw new IllegalArgumentException(
            option + " is for one machine: on a cluster each part is a task with one thread");
      }
    }
    if (singleFile && target.endsWith("/")) {
      throw new IllegalArgumentException(target + ": --single-file needs the name of a file");
    }
    if (!singleFile && partSize == null) {
      throw new IllegalArgumentException(
          target
              + ": a cluster writes a directory of parts; its name must end with /, or use"
              + " --single-file");
    }
    if (inputs.contains(ByteSources.STANDARD_INPUT)) {
      throw new IllegalArgumentException("a cluster cannot read standard input; name files");
    }
    SparkSession spark = SparkSession.builder().appName("bamarrow convert " + target).getOrCreate();
    String paths = new ObjectMapper().writeValueAsString(inputs);
    TableFiles files = new TableFiles(Map.of(SparkOption.PATHS.key(), paths), spark);
    int cores = spark.sparkContext().defaultParallelism();
    if (!singleFile) {
      HadoopPartStore store = new HadoopPartStore(target, files.settings());
      return parts(files, store, options, partSize, notes).byCluster(cores);
    }
    SingleFile file = new SingleFile(target, files.settings(), options.output());
    ConvertReport done =
        parts(
            files,
            file.parts(),
            options.withOutput(file.overwriteOptions()),
            partSize == null ? PartSize.DEFAULT : partSize,
            notes);
    return done.byCluster(cores).of(target, file.assemble());
  }

  private ConvertReport parts(
      TableFiles files,
      HadoopPartStore store,
      ConvertOptions options,
      PartSize partSize,
      PrintWriter notes)
      throws IOException {
    Progress progress = notes == null ? Progress.NONE : new ProgressLines(notes);
    ConvertReport report =
        PartsJob.run(
            store,
            options.output().force(),
            () -> open(files, onOneThread(options)),
            PartPlan.of(partSize),
            job -> {
              noteSmallInput(job, notes);
              job.conversion().regions().warnings().forEach(progress::warn);
              SuccessMarker.remove(store);
              store.makeFolder();
              return new SparkPartExecutor(
                  files.session().sparkContext(),
                  files,
                  job,
                  store.name(),
                  files.options().readAheadBytes(),
                  progress);
            });
    if (!singleFile) {
      SuccessMarker.writeIfAsked(store, files.settings());
    }
    return report;
  }

  private ConvertOptions onOneThread(ConvertOptions options) {
    MachineOptions machine = options.machine();
    return options.withMachine(
        machine
            .withStrategy(Strategy.SEQUENTIAL)
            .withThreads(1)
            .withMemoryBytes(given("--memory") ? machine.memoryBytes() : TASK_MEMORY));
  }

  /** Reads the headers and the ends of all files; the tasks read the rest. */
  private static Conversion open(TableFiles files, ConvertOptions options) throws IOException {
    Configuration settings = files.settings();
    SourcePool pool = new SourcePool();
    List<ByteSource> sources = new ArrayList<>();
    for (BamFile file : files.files()) {
      sources.add(pool.add(file.name(), file.length(), () -> Sources.open(file, settings)));
    }
    return new Conversion(sources, options);
  }

  private static void noteSmallInput(PartsJob job, PrintWriter notes) {
    long bytes = job.conversion().totalBytes();
    if (notes != null && bytes < WORTH_A_CLUSTER) {
      notes.printf(
          "bamarrow: %,d MB are too small for a cluster; this machine alone is faster:"
              + " bamarrow convert --parts %d%n",
          bytes / 1_000_000, job.partInputs().size());
      notes.flush();
    }
  }
}
