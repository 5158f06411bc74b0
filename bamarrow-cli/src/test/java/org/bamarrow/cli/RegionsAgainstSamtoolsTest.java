package org.bamarrow.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bamarrow.internal.bam.Samtools;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same regions to samtools and to bamarrow give the same SAM lines. */
class RegionsAgainstSamtoolsTest {
  /**
   * Files whose index samtools believes: one misses a placed unmapped read, one has bytes behind
   * its end, one is another file's.
   */
  private static final Set<String> WRONG_INDEX =
      Set.of("test__data__ex1_header.bam", "test__data__bins.bam", "fixtures__sample.bam");

  @TempDir Path folder;
  private final Random random = new Random(7);

  private static String samtools(Object... words) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("view"));
    for (Object word : words) {
      arguments.add(word.toString());
    }
    return new String(Samtools.run(arguments.toArray(String[]::new)), ISO_8859_1);
  }

  private static String bamarrow(Object... words) {
    List<Object> all = new ArrayList<>(List.of("head", "-n", 1_000_000));
    all.addAll(List.of(words));
    Cli.Result result = Cli.run(all.toArray());
    assertEquals(0, result.code(), result.err());
    return new String(result.bytes(), ISO_8859_1);
  }

  /** Tells the first line that differs instead of both texts, which may be long. */
  private static void assertSame(String expected, String actual, String what) {
    List<String> theirs = expected.lines().toList();
    List<String> ours = actual.lines().toList();
    for (int i = 0; i < Math.min(theirs.size(), ours.size()); i++) {
      assertEquals(theirs.get(i), ours.get(i), what + ", line " + (i + 1));
    }
    assertEquals(theirs.size(), ours.size(), what + ", number of lines");
  }

  private String region(int references, int length) {
    int from = 1 + random.nextInt(length);
    String name = "chr" + (1 + random.nextInt(references));
    return switch (random.nextInt(8)) {
      case 0 -> name + ":" + from;
      case 1 -> name + ":-" + from;
      case 2 -> name + ":" + from + "-" + from;
      default -> name + ":" + from + "-" + (from + random.nextInt(1 << random.nextInt(20)));
    };
  }

  /** samtools 1.16 takes chr1:-5 for all of chr1 where -M is given. */
  private static String closed(String region) {
    return region.replace(":-", ":1-");
  }

  private void compareRandomRegions(Path bam, int runs) throws Exception {
    for (int i = 0; i < runs; i++) {
      String region = region(3, 40_000);
      assertSame(samtools(bam, region), bamarrow("--region", region, bam), bam + " " + region);
    }
  }

  @Test
  void twoHundredRandomRegionsAlongBaiAndCsi() throws Exception {
    SynthOptions options =
        SynthOptions.of(SynthProfile.SHORT, 20_000, 1).withBlocks(true, 5, 8_000);
    Path bam = Cli.bam(folder, "a.bam", options);
    Samtools.run("index", bam.toString());
    compareRandomRegions(bam, 100);
    Files.delete(Path.of(bam + ".bai"));
    Samtools.run("index", "-c", bam.toString());
    compareRandomRegions(bam, 50);
    Samtools.run("index", "-c", "-m", "9", bam.toString());
    compareRandomRegions(bam, 50);
  }

  @Test
  void longReadsOverManyBlocks() throws Exception {
    SynthOptions options = SynthOptions.of(SynthProfile.LONG, 400, 1).withBlocks(false, 1, 30_000);
    Path bam = Cli.bam(folder, "a.bam", options);
    Samtools.run("index", bam.toString());
    compareRandomRegions(bam, 30);
    Samtools.run("index", "-c", "-m", "8", bam.toString());
    compareRandomRegions(bam, 30);
  }

  @Test
  void severalRegionsBedFilesAndUnplacedReads() throws Exception {
    Path bam = Cli.bam(folder, "a.bam", SynthOptions.of(SynthProfile.SHORT, 10_000, 2));
    Samtools.run("index", bam.toString());
    assertSame(samtools(bam, "*"), bamarrow("--region", "*", bam), "*");
    assertSame(samtools(bam, "chr2"), bamarrow("--region", "chr2", bam), "chr2");
    assertSame(
        samtools("-M", bam, "chr2", "*"), bamarrow("--region", "*", "--region", "chr2", bam), "*");
    Path bed = folder.resolve("x.bed");
    for (int run = 0; run < 10; run++) {
      List<Object> ours = new ArrayList<>();
      List<Object> theirs = new ArrayList<>(List.of("-M", bam));
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 5; i++) {
        String region = closed(region(3, 40_000));
        ours.addAll(List.of("--region", region));
        theirs.add(region);
        int from = random.nextInt(40_000);
        lines.append("chr").append(1 + i % 3).append('\t').append(from);
        lines.append('\t').append(from + 1 + random.nextInt(5_000)).append("\tname\n");
      }
      ours.add(bam);
      assertSame(samtools(theirs.toArray()), bamarrow(ours.toArray()), theirs.toString());
      Files.writeString(bed, lines);
      assertSame(samtools("-L", bed, bam), bamarrow("-L", bed, bam), lines.toString());
      String region = region(3, 40_000);
      assertSame(
          samtools("-L", bed, bam, region), bamarrow("-L", bed, "--region", region, bam), region);
    }
  }

  @Test
  void namesWithColons() throws Exception {
    Path bam =
        Cli.bamOf(
            folder,
            "a.bam",
            "@SQ SN:HLA:01 LN:1000",
            "@SQ SN:HLA LN:1000",
            "a 0 HLA:01 10 60 5M * 0 0 * *",
            "b 0 HLA 1 60 5M * 0 0 * *",
            "c 0 HLA 100 60 5M * 0 0 * *");
    Samtools.run("index", bam.toString());
    for (String region :
        List.of("HLA:01:1-20", "HLA:01:15", "{HLA}:01-20", "{HLA:01}", "{HLA:01}:5-9", "HLA")) {
      assertSame(samtools(bam, region), bamarrow("--region", region, bam), region);
    }
    assertEquals(2, Cli.run("count", "--region", "HLA:01", bam).code(), "it could mean two");
  }

  @Test
  void everyIndexOfTheCorpus() throws Exception {
    Path corpus = Path.of(System.getProperty("bamarrow.shared", "../../shared"), "corpus");
    Path truth = corpus.resolve("truth.tsv");
    Assumptions.assumeTrue(Files.exists(truth), "no corpus at " + corpus);
    int files = 0;
    int regions = 0;
    for (String line : Files.readAllLines(truth)) {
      String[] column = line.split("\t");
      Path bam = corpus.resolve(column[0]);
      boolean whole = column[1].startsWith("valid") && !column[3].contains("EOF block absent");
      if (!whole || Files.size(bam) > 1 << 22) {
        continue;
      }
      for (String kind : List.of(".bam.csi", ".bam.bai", ".bai")) {
        Path index = Path.of(bam.toString().replaceFirst("\\.bam$", kind));
        if (!Files.exists(index)) {
          continue;
        }
        files++;
        for (String region : regions(bam)) {
          regions++;
          String indexed = bamarrow("--region", region, "-X", index, bam);
          String what = index + " " + region;
          assertSame(bamarrow("--region", region, "--index", "off", bam), indexed, what);
          if (!WRONG_INDEX.contains(bam.getFileName().toString())) {
            assertSame(samtools("-X", bam, index, region), indexed, what);
          }
        }
      }
    }
    System.out.printf("%d regions along %d indexes of the corpus%n", regions, files);
    assertTrue(files > 20, files + " indexes");
  }

  private List<String> regions(Path bam) throws Exception {
    List<String> regions = new ArrayList<>(List.of("*"));
    String header = samtools("-H", bam);
    int references = 0;
    for (String line : header.split("\n")) {
      if (line.startsWith("@SQ") && references++ < 3) {
        String name = line.replaceFirst(".*\tSN:([^\t]*).*", "$1");
        long length = Long.parseLong(line.replaceFirst(".*\tLN:(\\d+).*", "$1"));
        long from = 1 + (long) (random.nextDouble() * length);
        regions.add("{" + name + "}");
        regions.add("{" + name + "}:" + from + "-" + (from + length / 10));
      }
    }
    return regions;
  }
}
