package org.bamarrow.parts;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.convert.IndexChoice;
import org.bamarrow.errors.OptionException;
import org.bamarrow.errors.OptionKey;
import org.bamarrow.internal.engine.Conversion;
import org.bamarrow.internal.engine.Reports;
import org.bamarrow.internal.read.ReadStatistics;
import org.bamarrow.parts.PartPlan.Cut;
import org.bamarrow.parts.PartWaves.Task;

/**
 * The driver's side of a conversion to a directory of parts, whoever writes them: plans the parts,
 * has them written wave by wave, and publishes the manifest, or leaves the directory as it was. For
 * one thread.
 */
public final class PartsJob {
  private final Conversion conversion;
  private final List<PartInput> splits;
  private final PartNames names;
  private final Schema schema;

  private PartsJob(Conversion conversion, Cut cut, String job) throws IOException {
    this.conversion = conversion;
    this.splits = cut.splits(sizes(conversion), conversion.options().batches().chunkBytes());
    this.names = new PartNames(job, splits.size());
    this.schema = conversion.partSchema();
  }

  /** Opens the inputs: called once the directory is known to take parts. */
  public interface Opening {
    /**
     * {@return the conversion of the inputs, which the job closes}
     *
     * @throws java.io.IOException if something cannot be read or written
     */
    Conversion open() throws IOException;
  }

  /** Those who write the parts: threads of this machine, or a cluster. */
  public interface Crew extends Closeable {
    /**
     * Writes parts, in any order.
     *
     * @param wave parts to write, in order
     * @return of each task the one attempt that counts, in the order of the tasks
     * @throws java.io.IOException if something cannot be read or written
     */
    List<PartResult> write(List<Task> wave) throws IOException;

    /** Ends the work; after an error its files should not change any more. */
    @Override
    void close() throws IOException;
  }

  /** Gets a crew together. */
  public interface Muster {
    /**
     * {@return those who write the parts of the job}
     *
     * @param job the job, whose plan is made
     * @throws java.io.IOException if something cannot be read or written
     */
    Crew crew(PartsJob job) throws IOException;
  }

  /**
   * Converts the inputs.
   *
   * @param store the directory, which is complete, or as it was before, when this returns or throws
   * @param force replace the parts of a complete directory
   * @param inputs opens the BAMs
   * @param cut plans the parts
   * @param muster makes the executor of the parts
   * @return what was read and written
   * @throws org.bamarrow.io.BamFormatException if an input is not sound
   * @throws IOException if something cannot be read or written
   */
  public static ConvertReport run(
      PartStore store, boolean force, Opening inputs, Cut cut, Muster muster) throws IOException {
    long begin = System.nanoTime();
    String name = PartNames.newJob();
    PartsCommit commit = PartsCommit.begin(store, name, force);
    try (Conversion conversion = inputs.open()) {
      requireNoIndex(conversion.options().regions().index());
      PartsJob job = new PartsJob(conversion, cut, name);
      try {
        List<PartResult> results = job.write(muster);
        ConvertReport report = job.report(results, store.name(), begin);
        commit.commit(job.manifest(results));
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

  /** What is looked for beside the BAM may be left unused; what was named must not be. */
  private static void requireNoIndex(IndexChoice index) {
    if (index.mode() == IndexChoice.Mode.NAMED) {
      throw new OptionException(
          OptionKey.INDEX.setTo(index.file()),
          ": parts cover their inputs whole and are not led by an index");
    }
  }

  private static List<Long> sizes(Conversion conversion) {
    return conversion.inputs().stream().map(input -> input.source().size()).toList();
  }

  private List<PartResult> write(Muster muster) throws IOException {
    try (Crew crew = muster.crew(this)) {
      PartWaves waves = new PartWaves(splits.size(), conversion.options().rows().limit());
      List<Task> wave;
      while (!(wave = waves.next()).isEmpty()) {
        List<PartResult> results = crew.write(wave);
        for (int i = 0; i < wave.size(); i++) {
          waves.done(wave.get(i), results.get(i));
        }
      }
      return waves.winners();
    }
  }

  /** {@return the inputs; stay the job's} */
  public Conversion conversion() {
    return conversion;
  }

  /** {@return what the parts are made of, by their numbers} */
  public List<PartInput> splits() {
    return splits;
  }

  /** {@return the names of the parts} */
  public PartNames names() {
    return names;
  }

  /** {@return that all parts have ({@link Conversion#partSchema})} */
  public Schema schema() {
    return schema;
  }

  private Manifest manifest(List<PartResult> results) throws IOException {
    List<Manifest.Input> inputs = conversion.inputs().stream().map(Manifest.Input::of).toList();
    return Manifest.of(
        names.job(),
        conversion.sharedSchema(),
        inputs,
        results.stream().map(PartResult::part).toList());
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
