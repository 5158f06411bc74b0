package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bamarrow.internal.filter.RandomExpressions;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;

/** Filter expressions and their short forms on Arrow data, against the same on the BAM. */
class ArrowExpressionsTest extends ArrowConversions {
  private static final int EXPRESSIONS = 10;

  private static final List<List<Object>> SHORT_FORMS =
      List.of(
          List.of("--rf", "READ1,REVERSE"),
          List.of("-m", 50),
          List.of("-l", "lib1"),
          List.of("--exclude-no-read-group"),
          List.of("-e", "qlen + hclen > 20 && [NM] < 3", "-q", 10, "-e", "!flag.reverse"),
          List.of("-e", "avg(qual) >= 30 || max(qual) == 255"),
          List.of("-e", "library =~ \"^lib\" && exists([RG])"),
          List.of("-e", "endpos - pos + 1 == rlen && sclen + hclen == 0"),
          List.of("-e", "refid == mrefid && tlen > 0 && mapq != 255"),
          List.of("-e", "length(seq) == qlen && seq =~ \"AC\" && cigar !~ \"[ID]\""));

  private Path converted(Path bam, Object... options) {
    Path to = folder.resolve("to" + count++);
    out("convert", "--quiet", List.of(options), bam, to);
    return to;
  }

  private int compare(Path bam, long seed) throws IOException {
    List<Path> all = new ArrayList<>();
    all.add(converted(bam, "--tags", "none", "--other-tags", "all"));
    all.add(converted(bam, "--batch-rows", 40)); // some are left out by their statistics
    all.add(converted(bam, "--coordinates", "zero-based", "--qual", "numbers", "--cigar", "ops"));
    all.add(converted(bam, "--parts", 2, "--chunk-bytes", "64K", "--text-encoding", "latin-1"));
    RandomExpressions expressions = RandomExpressions.of(bam, new Random(seed));
    List<List<Object>> filters = new ArrayList<>(SHORT_FORMS);
    for (int i = 0; i < EXPRESSIONS; i++) {
      filters.add(List.of("-e", expressions.condition(3)));
    }
    int kept = 0;
    for (List<Object> filter : filters) {
      Cli.Result expected = run("count", filter, bam);
      for (Path arrow : all) {
        Cli.Result found = run("count", filter, arrow);
        String what = bam + " " + filter + " " + arrow + expected.err() + found.err();
        assertEquals(expected.code(), found.code(), what);
        assertEquals(expected.out(), found.out(), what);
      }
      kept += expected.out().strip().matches("0?") ? 0 : 1;
    }
    return kept;
  }

  @Test
  void syntheticReadsGiveTheSameRows() throws IOException {
    long seed = 0;
    int kept = 0;
    for (SynthProfile profile :
        List.of(SynthProfile.SHORT, SynthProfile.SINGLECELL, SynthProfile.EDGE)) {
      kept += compare(Cli.bam(folder, profile + ".bam", SynthOptions.of(profile, 200, 3)), seed++);
    }
    assertTrue(kept > 25, "" + kept);
  }

  @Test
  void filesOfTheCorpusGiveTheSameRows() throws IOException {
    Path corpus = Path.of(System.getProperty("bamarrow.shared", "../../shared"), "corpus");
    Path truth = corpus.resolve("truth.tsv");
    if (!Files.exists(truth)) {
      System.out.println("the corpus is not there: " + corpus);
      return;
    }
    List<Path> bams = new ArrayList<>();
    for (String line : Files.readAllLines(truth)) {
      String[] fields = line.split("\t");
      if (fields[1].startsWith("valid") && Long.parseLong(fields[5]) < 10_000) {
        bams.add(corpus.resolve(fields[0]));
      }
    }
    for (int i = 0; i < bams.size(); i += 10) {
      compare(bams.get(i), i);
    }
  }

  @Test
  void batchesThatAnExpressionCannotChooseAreNotRead() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 20_000, 1));
    Path one = convert(bam, "--format", "file", "--batch-rows", 100);
    String[] record = Cli.run("head", "-n", 1, bam).out().split("\t");
    for (String expression :
        List.of(
            "rname == \"" + record[2] + "\" && pos <= " + record[3],
            "[NM] >= 0 && mapq > 70 || !(rname != \""
                + record[2]
                + "\") && "
                + record[3]
                + " >= pos",
            "flag & 4 && endpos > 0")) {
      Path report = folder.resolve("report" + count++ + ".json");
      Path some = folder.resolve("some" + count++ + ".arrow");
      out("convert", "--quiet", "--report", report, "-e", expression, one, some);
      String json = Files.readString(report);
      assertTrue(!json.contains("\"rowsLeftOut\" : 0,"), expression + json);
      assertEquals(0, run("verify", bam, some).code(), expression);
      assertEquals(out("count", "-e", expression, bam), out("count", "-e", expression, one));
    }
  }
}
