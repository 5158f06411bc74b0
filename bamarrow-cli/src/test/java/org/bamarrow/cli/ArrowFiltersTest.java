package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filters and regions of count, view and head on Arrow data, against the same on the BAM. */
class ArrowFiltersTest {
  private static final int RUNS = 6;

  @TempDir private Path folder;
  private Path names;
  private Path bed;

  private static Object[] words(Object... words) {
    return Stream.of(words)
        .flatMap(each -> each instanceof List<?> list ? list.stream() : Stream.of(each))
        .toArray();
  }

  private static String out(Object... words) {
    Cli.Result result = Cli.run(words(words));
    assertEquals(0, result.code(), List.of(words) + ": " + result.err());
    return result.out();
  }

  private static List<String> head(Path bam) {
    return Cli.run("head", "-n", 1000, bam).out().lines().toList();
  }

  /** Lists and intervals of every tenth of the first records. */
  private void makeLists(List<String> records) throws IOException {
    List<String> some = new ArrayList<>(List.of("nobody"));
    List<String> places = new ArrayList<>(List.of("nowhere 1 2"));
    for (int i = 0; i < records.size(); i += 10) {
      String[] fields = records.get(i).split("\t");
      some.add(fields[0]);
      long pos = Long.parseLong(fields[3]);
      if (!fields[2].equals("*") && pos > 0) {
        places.add(fields[2] + " " + (pos - 1) + " " + (pos + 30));
      }
    }
    names = Files.write(folder.resolve("names"), some);
    bed = Files.write(folder.resolve("places.bed"), places);
  }

  private List<Object> filters(Random random, List<String> records) {
    List<Object> filters = new ArrayList<>();
    int before = -1;
    for (int i = random.nextInt(2); i >= 0; i--) {
      String[] fields = records.get(random.nextInt(records.size())).split("\t");
      String tag = fields.length > 11 ? fields[11 + random.nextInt(fields.length - 11)] : "NM:i:0";
      long pos = Long.parseLong(fields[3]);
      int kind = random.nextInt(10);
      if (i == 0 && kind == before) {
        continue; // most options can be given once only
      }
      before = kind;
      switch (kind) {
        case 0 -> filters.addAll(List.of("-f", 1 << random.nextInt(12)));
        case 1 -> filters.addAll(List.of("-F", 1 << random.nextInt(12)));
        case 2 -> filters.addAll(List.of("-G", 0x41));
        case 3 -> filters.addAll(List.of("-q", random.nextInt(256)));
        case 4 -> filters.addAll(List.of("-s", random.nextInt(9) + ".4"));
        case 5 -> filters.addAll(List.of("-N", (random.nextBoolean() ? "" : "^") + names));
        case 6 -> filters.addAll(List.of("-r", "rg1"));
        case 7 -> filters.addAll(List.of("-L", bed));
        case 8 ->
            filters.addAll(
                List.of("--region", fields[2].equals("*") ? "*" : "{" + fields[2] + "}:1-" + pos));
        default -> {
          boolean withValue = random.nextBoolean() && tag.substring(5).matches("[!-~]+");
          filters.addAll(List.of("-d", tag.substring(0, 2) + (withValue ? tag.substring(4) : "")));
        }
      }
    }
    return filters;
  }

  private void compare(Path bam, long seed) throws IOException {
    List<String> records = head(bam);
    if (records.isEmpty()) {
      return;
    }
    makeLists(records);
    Random random = new Random(seed);
    Path one = folder.resolve("one.arrow");
    Path stream = folder.resolve("all.arrows");
    Path parts = folder.resolve("parts" + seed);
    String zero = random.nextBoolean() ? "zero-based" : "one-based";
    out("convert", "--force", "--quiet", "--coordinates", zero, bam, one);
    out("convert", "--force", "--quiet", "--tags", "none", "--other-tags", "all", bam, stream);
    out("convert", "--quiet", "--parts", 3, "--chunk-bytes", "64K", bam, parts);
    for (int i = 0; i < RUNS; i++) {
      List<Object> filters = filters(random, records);
      String expected = out("count", "-X", "off", filters, bam);
      for (Path arrow : List.of(one, stream, parts)) {
        assertEquals(expected, out("count", filters, arrow), bam + " " + filters + " " + arrow);
      }
      String lines = out("head", "-X", "off", "-n", 1_000_000, filters, bam);
      assertEquals(lines, out("view", filters, stream), bam + " " + filters);
      assertEquals(
          lines.lines().limit(7).toList(), out("head", "-n", 7, filters, stream).lines().toList());
      assertEquals(lines.lines().count(), out("view", filters, parts).lines().count());
    }
    assertEquals(out("count", bam, bam), out("count", parts, one));
  }

  @Test
  void syntheticReadsGiveTheSameRows() throws IOException {
    long seed = 0;
    for (SynthProfile profile : List.of(SynthProfile.SHORT, SynthProfile.SINGLECELL)) {
      compare(Cli.bam(folder, profile + ".bam", SynthOptions.of(profile, 3_000, 3)), seed++);
    }
  }

  @Test
  void filesOfTheCorpusGiveTheSameRows() throws IOException {
    Path corpus = Path.of(System.getProperty("bamarrow.shared", "../../shared"), "corpus");
    Path truth = corpus.resolve("truth.tsv");
    if (!Files.exists(truth)) {
      System.out.println("the corpus is not there: " + corpus);
      return;
    }
    long seed = 100;
    for (String line : Files.readAllLines(truth)) {
      String[] fields = line.split("\t");
      if (fields[1].startsWith("valid") && Long.parseLong(fields[5]) < 30_000) {
        compare(corpus.resolve(fields[0]), seed++);
      }
    }
    assertTrue(seed > 103, seed + "");
  }

  @Test
  void whatDoesNotApplyToArrowDataIsRefused() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", 1);
    Path arrow = folder.resolve("out.arrow");
    out("convert", "--quiet", "--columns", "qname,flag,rname,pos", bam, arrow);
    assertEquals(out("count", "-f", 16, bam), out("count", "-f", 16, arrow));
    refused("-X applies to BAMs only, and " + arrow, "count", "-X", "off", arrow);
    refused("-@ applies to BAMs only, and " + arrow, "count", "-@", 2, arrow);
    refused("--memory applies to BAMs only", "head", "--memory", "1G", arrow);
    refused(arrow + ": the filters need mapq, which these data", "count", "-q", 3, arrow);
    refused(arrow + ": the filters need end, which these", "count", "--region", "chr1", arrow);
    refused("tags.NM or other_tags", "count", "-d", "NM", arrow);
    refused("reference 'nowhere' is not in the header", "view", "--region", "nowhere", arrow);
    refused(bam + " does not", "count", arrow, bam);
  }

  private static void refused(String why, Object... words) {
    Cli.Result result = Cli.run(words);
    assertEquals(2, result.code(), result.err());
    assertTrue(result.err().contains(why), result.err());
    assertEquals("", result.out());
  }

  @Test
  void aListThatMatchesNothingIsTold() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", 1);
    Path arrow = folder.resolve("out.arrow");
    out("convert", "--quiet", bam, arrow);
    names = Files.writeString(folder.resolve("names"), "a\nb\n");
    bed = Files.writeString(folder.resolve("x.bed"), "nowhere 1 2\n");
    for (String command : List.of("count", "head", "view")) {
      for (Object[] filter : List.of(words("-N", names), words("-d", "QQ"), words("-L", bed))) {
        List<Object> given = List.of(filter);
        Cli.Result ofArrow = Cli.run(words(command, given, arrow));
        assertEquals(0, ofArrow.code(), ofArrow.err());
        Cli.Result ofBam = Cli.run(words("count", "-X", "off", given, bam));
        assertEquals(ofBam.err(), ofArrow.err());
      }
    }
  }

  @Test
  void aPartWithOtherRowsThanTheManifestSaysIsAnError() throws IOException {
    Path bam = Cli.bam(folder, "in.bam", SynthOptions.of(SynthProfile.SHORT, 4_000, 1));
    Path parts = folder.resolve("parts");
    out("convert", "--quiet", "--parts", 3, "--chunk-bytes", "64K", bam, parts);
    List<String> files =
        Cli.names(parts).stream().filter(name -> name.startsWith("part-")).toList();
    Files.copy(
        parts.resolve(files.get(0)),
        parts.resolve(files.get(files.size() - 1)),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Cli.Result result = Cli.run("count", parts);
    assertEquals(1, result.code());
    assertTrue(result.err().contains("the manifest says"), result.err());
  }
}
