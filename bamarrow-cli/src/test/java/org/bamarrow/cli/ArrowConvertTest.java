package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;

/** Arrow data converted to Arrow data, against the same conversion of the BAM. */
class ArrowConvertTest extends ArrowConversions {
  private static final int RUNS = 5;

  private static final List<List<Object>> COLUMNS =
      List.of(
          List.of(),
          List.of("--columns", "rname,pos,seq"),
          List.of("--no-sequence", "--no-quality"),
          List.of("--columns", "flag,qname,tags"),
          List.of("--columns", "other_tags"),
          List.of("--other-tags", "none", "--tags", "none"));

  private static final List<List<Object>> BATCHES =
      List.of(
          List.of(),
          List.of("--compression", "zstd"),
          List.of("--compression", "lz4", "--batch-rows", 333),
          List.of("--compression", "none"),
          List.of("--batch-bytes", "64K"));

  /** Filters that the records of a BAM may pass or not. */
  private List<Object> filters(Random random, List<String> records) throws IOException {
    String[] fields = any(random, records).split("\t");
    long pos = Long.parseLong(fields[3]);
    String tag = fields.length > 11 ? fields[fields.length - 1].substring(0, 2) : "NM";
    Path names = folder.resolve("names");
    Files.write(names, records.stream().limit(50).map(line -> line.split("\t")[0]).toList());
    return switch (random.nextInt(10)) {
      case 8 -> List.of("-e", "mapq > 20 || [NM] > 1", "--rf", "READ1,REVERSE");
      case 0 -> List.of("-f", 1 << random.nextInt(12));
      case 1 -> List.of("-F", 1 << random.nextInt(12), "--limit", random.nextInt(500));
      case 2 -> List.of("-q", random.nextInt(70));
      case 3 -> List.of("-s", random.nextInt(9) + ".4");
      case 4 -> List.of("-N", "^" + names);
      case 5 -> List.of("-d", tag, "-G", 0x41);
      case 6 -> List.of("--limit", random.nextInt(3000));
      case 7 -> List.of();
      default -> List.of("--region", fields[2].equals("*") ? "*" : "{" + fields[2] + "}:1-" + pos);
    };
  }

  private void compare(Path bam, long seed) throws IOException {
    List<String> records = Cli.run("head", "-n", 2000, bam).out().lines().toList();
    if (records.isEmpty()) {
      return;
    }
    Random random = new Random(seed);
    Path parts = folder.resolve("parts" + count++);
    out("convert", "--quiet", "--parts", 3, "--chunk-bytes", "64K", bam, parts);
    Path file = convert(bam, "--chunk-bytes", "64K");
    Path packed = convert(bam, "--compression", "zstd", "--batch-rows", 777);
    for (int i = 0; i < RUNS; i++) {
      List<Object> filters = filters(random, records);
      List<Object> columns = any(random, COLUMNS);
      List<Object> batches = any(random, BATCHES);
      Path from = any(random, List.of(parts, file, packed));
      Path to = folder.resolve("x" + count + (random.nextBoolean() ? ".arrow" : ".arrows"));
      count++;
      String what = bam + ": " + filters + columns + batches + from;
      out("convert", "--quiet", filters, columns, batches, from, to);
      verify(what, bam, to);
      List<Object> again = filters(random, records);
      Path last = folder.resolve("y" + count + ".arrow");
      Cli.Result second = run("convert", "--quiet", again, to, last);
      if (second.code() == 2) {
        assertTrue(second.err().contains("the filters need"), what + second.err());
      } else {
        verify(what + again, bam, last);
      }
    }
  }

  @Test
  void syntheticReadsAreWhatTheConversionOfTheBamGives() throws IOException {
    long seed = 0;
    for (SynthProfile profile : List.of(SynthProfile.SHORT, SynthProfile.SINGLECELL)) {
      for (int i = 0; i < 3; i++) {
        compare(Cli.bam(folder, profile + ".bam" + i, SynthOptions.of(profile, 3_000, i)), seed++);
      }
    }
  }

  @Test
  void filesOfTheCorpusAreWhatTheConversionOfTheBamGives() throws IOException {
    Path corpus = Path.of(System.getProperty("bamarrow.shared", "../../shared"), "corpus");
    Path truth = corpus.resolve("truth.tsv");
    if (!Files.exists(truth)) {
      System.out.println("the corpus is not there: " + corpus);
      return;
    }
    List<Path> bams = new ArrayList<>();
    for (String line : Files.readAllLines(truth)) {
      String[] fields = line.split("\t");
      if (fields[1].startsWith("valid") && Long.parseLong(fields[5]) < 30_000) {
        bams.add(corpus.resolve(fields[0]));
      }
    }
    for (int i = 0; i < bams.size(); i += 3) {
      compare(bams.get(i), i);
    }
  }
}
