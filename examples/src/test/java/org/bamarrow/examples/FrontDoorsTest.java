package org.bamarrow.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.Compression;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.ConvertReport;
import org.bamarrow.synth.SynthBam;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples run as a reader starts them, and do what they say. */
class FrontDoorsTest {
  private static final int RECORDS = 30_000;

  @TempDir private Path folder;
  private String bam;

  @BeforeEach
  void makeBam() throws IOException {
    Path file = folder.resolve("in.bam");
    SynthBam.write(file, SynthOptions.of(SynthProfile.SHORT, RECORDS, 5));
    bam = file.toString();
  }

  @Test
  void convertFileKeepsSomeRecordsAndReplacesItsOutput() throws Exception {
    String arrow = folder.resolve("out.arrow").toString();
    ConvertReport report = ConvertFile.convert(bam, arrow);
    assertEquals(RECORDS, report.records());
    assertTrue(report.rows() > 0 && report.rows() < RECORDS, report.rows() + " rows");
    assertEquals(Compression.ZSTD, report.settings().compression());
    String line = report.rows() + " of " + RECORDS + " records\n";
    assertEquals(line, printed(() -> run(() -> ConvertFile.main(new String[] {bam, arrow}))));
  }

  @Test
  void concatFilesGivesTheRowsOfAllInputs() throws Exception {
    String part = folder.resolve("part.arrow").toString();
    String all = folder.resolve("all.arrow").toString();
    long rows = ConvertFile.convert(bam, part).rows();
    String text = printed(() -> run(() -> ConcatFiles.main(new String[] {all, part, part})));
    assertTrue(text.startsWith(2 * rows + " rows in "), text);
    assertTrue(Files.size(Path.of(all)) > Files.size(Path.of(part)));
  }

  @Test
  void filterArrowKeepsSomeRows() throws Exception {
    String arrow = folder.resolve("all.arrow").toString();
    BamToArrow.convert(List.of(bam), arrow, ConvertOptions.defaults());
    String some = folder.resolve("some.arrow").toString();
    String text = printed(() -> run(() -> FilterArrow.main(new String[] {arrow, some})));
    assertTrue(text.matches("[1-9][0-9]* of [1-9][0-9]* rows\n"), text);
    assertTrue(Files.size(Path.of(some)) < Files.size(Path.of(arrow)) / 4);
  }

  @Test
  void convertToPartsGivesEveryRecordOverSeveralParts() throws Exception {
    String directory = folder.resolve("parts").toString();
    long[] rows = new long[1];
    ConvertReport report = ConvertToParts.convert(List.of(bam), directory, 1 << 20);
    ConvertToParts.read(directory, batch -> rows[0] += batch.getRowCount());
    assertEquals(RECORDS, rows[0]);
    assertTrue(report.settings().parts() > 1);
    String other = folder.resolve("other").toString();
    String text = printed(() -> run(() -> ConvertToParts.main(new String[] {other, bam})));
    assertTrue(text.startsWith(RECORDS + " rows\na batch of "), text);
  }

  private interface Main {
    void run() throws IOException;
  }

  private static Void run(Main main) throws IOException {
    main.run();
    return null;
  }

  private static String printed(Callable<Void> program) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
    try {
      program.call();
    } finally {
      System.setOut(before);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
