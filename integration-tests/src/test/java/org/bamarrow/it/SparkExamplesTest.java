package org.bamarrow.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples for Spark print what the SAM lines add up to. */
@Tag("machines") // as DocBlocksTest
class SparkExamplesTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("bamarrow.root", ".."), "examples/spark");
  private static final Pattern OPERATION = Pattern.compile("(\\d+)([MIDNSHP=X])");
  private static final String RNAME = "chr1";
  private static final int END = 100_000;
  private static final int NOT_COUNTED = 0x704;

  @TempDir private Path folder;
  private PySpark spark;
  private Path jar;
  private Path reads;

  @BeforeEach
  void make() throws IOException {
    spark = PySpark.newest();
    jar = PySpark.jar();
    reads = synth("reads.bam", SynthProfile.SHORT, 5_000);
  }

  private Path synth(String name, SynthProfile profile, int records) throws IOException {
    Path bam = folder.resolve(name);
    SynthBam.write(bam, SynthOptions.of(profile, records, 9));
    return bam;
  }

  @Test
  void theNotebookFindsRegionDepthAndBarcodes() throws IOException {
    Path cells = synth("cells.bam", SynthProfile.SINGLECELL, 2_000);
    Path plot = folder.resolve("depth.png");
    String region = RNAME + ":1-" + END;
    Programs.Result result =
        spark.run(
            List.of(
                EXAMPLES.resolve("submit.sh").toString(),
                reads.toString(),
                cells.toString(),
                region,
                plot.toString()),
            Map.of("MASTER", "local[2]"));
    List<String> expected = new ArrayList<>(depth(region));
    expected.addAll(barcodes(cells));
    List<String> found = new ArrayList<>(result.orFail().text().lines().toList());
    if (!found.remove("no plot without matplotlib")) {
      assertTrue(Files.size(plot) > 0, "no plot");
    }
    assertEquals(expected, found);
  }

  @Test
  void theSqlGivesTheMeansOfTheSamLines() throws IOException {
    List<String> command =
        List.of(
            spark.program("spark-sql"),
            "--master",
            "local[2]",
            "--conf",
            "spark.sql.catalogImplementation=in-memory",
            "--jars",
            jar.toString(),
            "-d",
            "bam=" + reads,
            "-f",
            EXAMPLES.resolve("by_reference.sql").toString());
    List<String> means = means();
    List<String> found = spark.run(command, Map.of()).orFail().text().lines().toList();
    assertEquals(means, found.subList(0, means.size()));
    assertTrue(found.contains("chrM\t16569\t0.000"), found::toString);
  }

  @Test
  void theJavaProgramGivesTheMeansOfTheSamLines() throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    Path program = folder.resolve("program.jar");
    String source = EXAMPLES.resolve("ByReference.java").toString();
    tool("javac", "-cp", spark.jars(), "-d", classes.toString(), source);
    tool("jar", "--create", "--file", program.toString(), "-C", classes.toString(), ".");
    List<String> command =
        List.of(
            spark.program("spark-submit"),
            "--master",
            "local[2]",
            "--jars",
            jar.toString(),
            "--class",
            "ByReference",
            program.toString(),
            reads.toString());
    assertEquals(means(), spark.run(command, Map.of()).orFail().text().lines().toList());
  }

  @Test
  void theConvertScriptWritesPartsThatGiveTheSamLines() throws IOException {
    Path out = folder.resolve("out");
    String[] words = {"--parts", "3", "--chunk-bytes", "64K", "--tags", "none"};
    List<String> command = new ArrayList<>(List.of(EXAMPLES.resolve("convert.sh").toString()));
    command.addAll(List.of(words));
    command.addAll(List.of("--other-tags", "all", reads.toString(), out + "/"));
    spark.run(command, Map.of("MASTER", "local[2]")).orFail();
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(2 + 3, files.count(), "the manifest, statistics, and the parts");
    }
    Path arrow = folder.resolve("one.arrow");
    Conversions.convert(reads, arrow, Conversions.WHOLE);
    assertArrayEquals(Conversions.sam(arrow), Conversions.sam(out));
  }

  private static void tool(String name, String... arguments) {
    ToolProvider tool = ToolProvider.findFirst(name).orElseThrow();
    assertEquals(0, tool.run(System.out, System.err, arguments), name);
  }

  private List<String> means() throws IOException {
    Path arrow = folder.resolve("means.arrow");
    Conversions.convert(reads, arrow, Conversions.WHOLE);
    return ExamplesTest.means(arrow);
  }

  private List<String[]> sam(Path bam) throws IOException {
    Path arrow = folder.resolve(bam.getFileName() + ".arrow");
    Conversions.convert(bam, arrow, Conversions.WHOLE);
    String text = new String(Conversions.sam(arrow), StandardCharsets.UTF_8);
    return text.lines().map(line -> line.split("\t")).toList();
  }

  /** Of the region from base 1 on. */
  private List<String> depth(String region) throws IOException {
    int inside = 0;
    Map<Integer, Integer> depth = new TreeMap<>();
    for (String[] fields : sam(reads)) {
      int pos = Integer.parseInt(fields[3]);
      if (!fields[2].equals(RNAME) || pos > END) {
        continue;
      }
      inside++;
      if ((Integer.parseInt(fields[1]) & NOT_COUNTED) == 0) {
        cover(fields[5], pos, depth);
      }
    }
    int all = depth.values().stream().mapToInt(Integer::intValue).sum();
    return List.of(
        inside + " reads in " + region, depth.size() + " bases covered, " + all + " times in all");
  }

  private static void cover(String cigar, int pos, Map<Integer, Integer> depth) {
    int at = pos;
    for (MatchResult operation : OPERATION.matcher(cigar).results().toList()) {
      int length = Integer.parseInt(operation.group(1));
      if ("M=X".contains(operation.group(2))) {
        for (int base = at; base < at + length && base <= END; base++) {
          depth.merge(base, 1, Integer::sum);
        }
      }
      at += "MDN=X".contains(operation.group(2)) ? length : 0;
    }
  }

  /** The five of most reads. */
  private List<String> barcodes(Path cells) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    for (String[] fields : sam(cells)) {
      Arrays.stream(fields)
          .filter(field -> field.startsWith("CB:Z:"))
          .forEach(field -> counts.merge(field.substring(5), 1, Integer::sum));
    }
    return counts.entrySet().stream()
        .sorted(Comparator.comparing(entry -> -entry.getValue()))
        .limit(5)
        .map(entry -> entry.getKey() + "\t" + entry.getValue())
        .toList();
  }
}
