package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void rooflinePrintsBothLimitsAndWritesTheFiguresAsJson() throws IOException {
    Path json = folder.resolve("roofline.json");
    String bam = bam();
    String dir = folder.toString();
    int code =
        run("roofline", "-@", "2", "--runs", "1", "--dir", dir, "--json", json.toString(), bam);
    assertEquals(0, code, err.toString());
    assertTrue(out.toString().contains("limit: inflate, check, write"), out.toString());
    assertTrue(out.toString().contains("limit: inflate, check "), out.toString());
    JsonNode figures = new ObjectMapper().readTree(json.toFile());
    assertEquals(1000, figures.get("records").asInt());
    assertEquals(1, figures.get("convert").get("runs").size());
  }

  @Test
  void sweepWritesATableCsvAndAWellFormedSvg() throws Exception {
    Path results = folder.resolve("results");
    String dir = folder.toString();
    int code = run("sweep", "-@", "2", "--dir", dir, "--out", results.toString(), bam());
    assertEquals(0, code, err.toString());
    assertTrue(out.toString().contains("records/s"));
    assertTrue(err.toString().contains("16 of 16"));
    assertEquals(17, Files.readAllLines(results.resolve("sweep.csv")).size());
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(results.resolve("sweep.svg").toFile());
    assertEquals(17, svg.getElementsByTagName("rect").getLength(), "16 bars and the background");
  }

  @Test
  void validateComparesEveryRowAndLeavesNothingBehind() throws IOException {
    int code = run("validate", "--records", "2000", "--dir", folder.toString());
    assertEquals(0, code, err.toString());
    assertTrue(out.toString().contains("equal: 2000 rows"), out.toString());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void whatCannotBeMeasuredIsAUsageError() throws IOException {
    assertEquals(2, run("roofline", folder.resolve("none.bam").toString()));
    assertEquals(2, run("roofline", "--runs", "0", bam()));
    assertEquals(2, run("roofline", "--inflater", "fast", bam()));
    assertEquals(2, run("sweep", "--dir", folder.resolve("none").toString(), bam()));
    assertEquals(2, run("validate", "--records", "0"));
    assertEquals(2, run());
  }

  private String bam() throws IOException {
    Path bam = folder.resolve("reads.bam");
    SynthBam.write(bam, SynthOptions.of(SynthProfile.SHORT, 1000, 2));
    return bam.toString();
  }

  private int run(String... words) {
    CommandLine line = new CommandLine(new BenchCommand());
    line.setOut(new PrintWriter(out));
    line.setErr(new PrintWriter(err));
    return line.execute(words);
  }
}
