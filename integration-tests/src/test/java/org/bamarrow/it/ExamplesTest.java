package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python example on an Arrow file; {@link ClientsTest} runs the one through a pipe. */
class ExamplesTest {
  private static final Path ROOT = Path.of(System.getProperty("bamarrow.root", ".."));

  @TempDir private Path folder;

  @Test
  void theThreeClientsOfTheExampleGiveTheMeansOfTheSamLines() throws Exception {
    String python = Programs.pythonWithClients();
    Path bam = folder.resolve("in.bam");
    Path arrow = folder.resolve("in.arrow");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, 30_000, 6));
    Conversions.convert(bam, arrow, ConvertOptions.defaults());
    List<String> rows = new ArrayList<>();
    for (String client : List.of("pyarrow", "polars", "duckdb")) {
      rows.add("with_" + client);
      rows.addAll(means(arrow));
    }
    String script = ROOT.resolve("examples/read_file.py").toString();
    Programs.Result result = Programs.run(python, script, arrow.toString()).orFail();
    assertEquals(rows, result.text().lines().toList());
  }

  /** Of an Arrow file with all tags: name, reads and mean MAPQ, joined by tabs. */
  static List<String> means(Path arrow) throws IOException {
    Map<String, long[]> sums = new TreeMap<>();
    for (String line : new String(Conversions.sam(arrow)).split("\n")) {
      String[] fields = line.split("\t");
      long[] sum = sums.computeIfAbsent(fields[2], name -> new long[3]);
      boolean available = !fields[4].equals("255");
      sum[0]++;
      sum[1] += available ? 1 : 0;
      sum[2] += available ? Long.parseLong(fields[4]) : 0;
    }
    List<String> rows = new ArrayList<>();
    sums.forEach((name, sum) -> rows.add(name + "\t" + sum[0] + "\t" + mean(sum)));
    return rows;
  }

  private static String mean(long[] sum) {
    return sum[1] == 0 ? "-" : String.format(Locale.ROOT, "%.3f", sum[2] / (double) sum[1]);
  }
}
