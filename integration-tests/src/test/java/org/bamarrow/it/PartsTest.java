package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.OutputOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.Strategy;
import org.bamarrow.internal.parts.LocalPartExecutor;
import org.bamarrow.internal.parts.PartPlan;
import org.bamarrow.internal.parts.PartPlan.Cut;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.PartSize;
import org.bamarrow.parts.PartStore;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Directories of parts: of every BAM of the corpus, and in the hands of other programs. */
class PartsTest {
  private static final Path ROOT = Path.of(System.getProperty("bamarrow.root", ".."));
  private static final ConvertOptions OPTIONS =
      Conversions.WHOLE
          .withBatches(new BatchOptions(20_000, 1 << 16, 8 << 20))
          .withMachine(Conversions.machine(Strategy.PIPELINE, 2))
          .withOutput(OutputOptions.defaults().withForce(true));

  @TempDir private Path folder;

  @Test
  void partsOfEveryFileOfTheCorpusAreTheWhole() throws IOException {
    List<String> wrong = new ArrayList<>();
    int files = 0;
    for (Corpus.Entry entry : Corpus.entries()) {
      if (!entry.sound()) {
        continue;
      }
      files++;
      for (int parts : new int[] {1, 2, 7, 50}) {
        String problem = problem(entry, PartPlan.of(PartSize.count(parts)));
        if (problem != null) {
          wrong.add(parts + " parts of " + entry.name() + ": " + problem);
        }
      }
    }
    System.out.printf("%d files in 1, 2, 7 and 50 parts%n", files);
    assertEquals(List.of(), wrong);
    assertTrue(files > 0);
  }

  /** Most files of the corpus are shorter than a chunk: cuts off the grid give them parts, too. */
  @Test
  void partsOfFewBytesAreTheWhole() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Corpus.Entry entry : Corpus.entries()) {
      if (entry.sound() && Files.size(entry.bam()) < 1 << 20) {
        String problem = problem(entry, (sizes, grid) -> PartPlan.byCount(sizes, 7, 1));
        if (problem != null) {
          wrong.add(entry.name() + ": " + problem);
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** Null: none. */
  private String problem(Corpus.Entry entry, Cut cut) {
    try {
      Path out = folder.resolve("out");
      PartStore store = new LocalPartStore(out.toString(), false);
      LocalPartExecutor.convert(
          List.of(entry.bam().toString()), store, OPTIONS, cut, Progress.NONE);
      Manifest manifest = Manifest.read(store);
      try (Stream<Path> files = Files.list(out)) {
        int statistics = manifest.totals().rows() == 0 ? 0 : 1;
        if (files.count() != manifest.parts().size() + 1 + statistics) {
          return "other files than the manifest's";
        }
      }
      if (manifest.totals().rows() != entry.records()) {
        return manifest.totals().rows() + " rows, not " + entry.records();
      }
      return Conversions.samMd5(out).equals(entry.md5()) ? null : "other rows";
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  @Test
  void theExampleReadsPartsWithPyarrowAndPolars() throws Exception {
    String python = Programs.pythonWithClients();
    Path bam = folder.resolve("in.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, 30_000, 7));
    Path out = folder.resolve("out");
    BamToParts.convert(
        List.of(bam.toString()),
        out.toString(),
        OPTIONS.withTags(ConvertOptions.defaults().tags()),
        PartSize.count(7),
        Progress.NONE);
    long sum = 0;
    long known = 0;
    for (String line : new String(Conversions.sam(out)).split("\n")) {
      int mapq = Integer.parseInt(line.split("\t")[4]);
      sum += mapq == 255 ? 0 : mapq;
      known += mapq == 255 ? 0 : 1;
    }
    String means = String.format(Locale.ROOT, "30000 reads, mean MAPQ %.3f", sum / (double) known);
    String script = ROOT.resolve("examples/parts.py").toString();
    Programs.Result result = Programs.run(python, script, out.toString()).orFail();
    assertEquals(List.of("pyarrow: " + means, "polars: " + means), result.text().lines().toList());
  }

  @Test
  void theExampleRefusesADirectoryThatIsNotComplete() throws Exception {
    String python = Programs.pythonWithClients();
    String script = ROOT.resolve("examples/parts.py").toString();
    assertTrue(Programs.run(python, script, folder.toString()).code() != 0);
  }
}
