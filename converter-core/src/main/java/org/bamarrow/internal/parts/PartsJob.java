package org.bamarrow.internal.parts;

import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.IndexChoice;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.engine.Reports;
import org.bamarrow.internal.parts.PartPlan.Cut;
import org.bamarrow.internal.parts.PartWaves.Task;
import org.bamarrow.internal.read.BamInput;
import org.bamarrow.internal.read.ReadStatistics;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.PartNames;
import org.bamarrow.parts.PartStore;

/**
 * The driver's side of a conversion to a directory of parts: plans the parts, has a {@link
 * PartExecutor} write them wave by wave, and publishes the manifest, or leaves the directory as it
 * was. For one thread.
 */
public final class PartsJob {
  private final Conversion conversion;
  private final List<PartInput> partInputs;
  private final PartNames names;
  private final Schema schema;

  private PartsJob(Conversion conversion, Cut cut, String job) throws IOException {
    this.conversion = conversion;
    this.partInputs = cut.plan(sizes(conversion), conversion.options().batches().chunkBytes());
    this.names = new PartNames(job, partInputs.size());
    this.schema = conversion.partSchema();
  }

  /** Opens the inputs; called once it is known that the directory can take parts. */
  public interface InputOpener {
    /**
     * {@return the conversion of the inputs, which the job closes}
     *
     * @throws java.io.IOException if something cannot be read or written
     */
    Conversion open() throws IOException;
  }

  /**
   * Converts the inputs.
   *
   * @param store the directory, which is complete, or as it was before, when this returns or throws
   * @param force replace the parts of a complete directory
   * @param inputs opens the BAMs
   * @param cut plans the parts
   * @param executors makes the executor of the parts
   * @return what was read and written
   * @throws org.bamarrow.io.BamFormatException if an input is invalid
   * @throws IOException if something cannot be read or written
   */
  public static ConvertReport run(
      PartStore store, boolean force, InputOpener inputs, Cut cut, PartExecutorFactory executors)
      throws IOException {
    long begin = System.nanoTime();
    String name = PartNames.newJob();
    PartsCommit commit = PartsCommit.begin(store, name, force);
    try (Conversion conversion = inputs.open()) {
      requireNoIndex(conversion.options().regions().index());
      PartsJob job = new PartsJob(conversion, cut, name);
      try {
        List<PartResult> results = job.write(executors);
        ConvertReport report = job.report(results, store.name(), begin);
        commit.commit(job.manifest(results), results.stream().map(PartResult::written).toList());
        return report;
      } catch (IOException | RuntimeException | Error e) {
        try {
          commit.abort();
        } catch (IOException aborting) {
          e.addSuppressed(aborting);
        }
        throw e;
      }
    }
  }

  /** An index found next to the BAM may be ignored, but not one that the user named. */
  private static void requireNoIndex(IndexChoice index) {
    if (index.mode() == IndexChoice.Mode.NAMED) {
      throw new OptionException(
          OptionKey.INDEX,
          " " + index + ": cannot be used with parts, for which whole inputs are read");
    }
  }

  private static List<Long> sizes(Conversion conversion) {
    return conversion.inputs().stream().map(input -> input.source().size()).toList();
  }

  private List<PartResult> write(PartExecutorFactory executors) throws IOException {
    try (PartExecutor executor = executors.create(this)) {
      PartWaves waves = new PartWaves(partInputs.size(), conversion.options().rows().limit());
      List<Task> wave;
      while (!(wave = waves.next()).isEmpty()) {
        List<PartResult> results = executor.write(wave);
        for (int i = 0; i < wave.size(); i++) {
          waves.done(wave.get(i), results.get(i));
        }
      }
      return waves.results();
    }
  }

  /** {@return the opened inputs; owned by the job} */
  public Conversion conversion() {
    return conversion;
  }

  /** {@return the input of each part, by part number} */
  public List<PartInput> partInputs() {
    return partInputs;
  }

  /** {@return the names of the part files} */
  public PartNames names() {
    return names;
  }

  /** {@return the schema of every part ({@link Conversion#partSchema})} */
  public Schema schema() {
    return schema;
  }

  private Manifest manifest(List<PartResult> results) throws IOException {
    List<Manifest.Input> inputs = conversion.inputs().stream().map(PartsJob::inManifest).toList();
    return Manifest.of(
        names.job(),
        conversion.sharedSchema(),
        inputs,
        results.stream().map(PartResult::part).toList());
  }

  private static Manifest.Input inManifest(BamInput input) {
    return new Manifest.Input(
        input.source().name(),
        input.source().size(),
        input.header().sam().sha256(),
        input.header().firstRecord());
  }

  private ConvertReport report(List<PartResult> results, String name, long begin)
      throws IOException {
    ReadStatistics read =
        results.stream().map(PartResult::statistics).reduce(ReadStatistics::plus).orElseThrow();
    Reports.Written written =
        new Reports.Written(
            results.stream().mapToLong(result -> result.part().rows()).sum(),
            results.stream().mapToLong(PartResult::batches).sum(),
            results.stream().mapToLong(result -> result.part().bytes()).sum(),
            0);
    return Reports.of(conversion, read, written, name, results.size(), begin);
  }
}
