package org.bamarrow.verify;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.samtools.SAMFileHeader;
import htsjdk.samtools.SAMFileWriter;
import htsjdk.samtools.SAMFileWriterFactory;
import htsjdk.samtools.SAMRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.bamarrow.BamToArrow;
import org.bamarrow.cli.VerifyCommand;
import org.bamarrow.cli.ViewCommand;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.internal.bam.Samtools;
import org.bamarrow.verify.ArrowToSam.Parts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ArrowToSamTest {
  private static final TagOptions UNTYPED = TagOptions.NONE.withOther(OtherTags.ALL);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 7})
  void isSamtoolsTextByteForByteWhereTheMapHoldsAllTags(int bits) throws Exception {
    Path bam = OddBam.make(folder, 31);
    ColumnOptions columns =
        ColumnOptions.defaults()
            .withCoordinates((bits & 1) != 0 ? Coordinates.ZERO_BASED : Coordinates.ONE_BASED)
            .withQual((bits & 2) != 0 ? QualForm.NUMBERS : QualForm.TEXT)
            .withCigar((bits & 4) != 0 ? CigarForm.OPS : CigarForm.TEXT);
    byte[] expected = Samtools.run("view", bam.toString());
    Path arrow = convert(bam, ConvertOptions.defaults().withColumns(columns).withTags(UNTYPED));
    assertArrayEquals(expected, view(arrow, Parts.RECORDS));
    TagOptions both = TagOptions.defaults().withListed(OddBam.TYPED).withOther(OtherTags.ALL);
    arrow = convert(bam, ConvertOptions.defaults().withColumns(columns).withTags(both));
    assertArrayEquals(expected, view(arrow, Parts.RECORDS));
  }

  @Test
  void printsTypedTagsInTheSchemasOrderThenTheOthers() throws Exception {
    Path bam = OddBam.make(folder, 32);
    TagOptions typed = TagOptions.defaults().withListed(OddBam.TYPED);
    Path arrow = convert(bam, ConvertOptions.defaults().withTags(typed));
    String[] expected = text(Samtools.run("view", bam.toString())).split("\n");
    String[] found = text(view(arrow, Parts.RECORDS)).split("\n");
    assertEquals(expected.length, found.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(mandatory(expected[i]), mandatory(found[i]));
      assertEquals(tags(expected[i]), tags(found[i]), "line " + i);
    }
  }

  @Test
  void givesLatin1TextBackAsTheFileHadIt() throws Exception {
    Path bam = folder.resolve("latin.bam");
    SAMFileHeader header = new SAMFileHeader();
    try (SAMFileWriter writer = new SAMFileWriterFactory().makeBAMWriter(header, true, bam)) {
      SAMRecord record = new SAMRecord(header);
      record.setReadName("r\u00e9ad");
      record.setReadUnmappedFlag(true);
      record.setReadString("AC");
      record.setBaseQualityString("!!");
      record.setAttribute("XX", "\u00fc\u0080\u00ff");
      writer.addAlignment(record);
    }
    byte[] line =
        "r\u00e9ad\t4\t*\t0\t0\t*\t*\t0\t0\tAC\t!!\tXX:Z:\u00fc\u0080\u00ff\n".getBytes(ISO_8859_1);
    ColumnOptions latin1 = ColumnOptions.defaults().withTextEncoding(TextEncoding.LATIN_1);
    Path arrow = convert(bam, ConvertOptions.defaults().withColumns(latin1).withTags(UNTYPED));
    assertArrayEquals(line, view(arrow, Parts.RECORDS));
    VerifyResult result = Verifier.verify(List.of(bam.toString()), arrow, text -> {});
    assertEquals(VerifyResult.Outcome.EQUAL, result.outcome(), result.message());
  }

  @Test
  void printsTheHeaderByteForByte() throws Exception {
    Path bam = OddBam.make(folder, 33);
    Path arrow = convert(bam, ConvertOptions.defaults().withTags(UNTYPED));
    byte[] header = Samtools.run("view", "-H", "--no-PG", bam.toString());
    assertArrayEquals(header, view(arrow, Parts.HEADER));
    byte[] both = Samtools.run("view", "-h", "--no-PG", bam.toString());
    assertArrayEquals(both, view(arrow, Parts.HEADER_AND_RECORDS));
  }

  @Test
  void namesTheColumnsThatAreMissing() throws Exception {
    Path bam = OddBam.make(folder, 34);
    ColumnOptions few = ColumnOptions.defaults().withNames(List.of("qname", "pos"));
    Path arrow = convert(bam, ConvertOptions.defaults().withColumns(few));
    IOException e = assertThrows(IOException.class, () -> view(arrow, Parts.RECORDS));
    assertTrue(e.getMessage().contains("flag, rname, mapq"), e.getMessage());
  }

  @Test
  void refusesWhatIsNoArrowFile() throws Exception {
    Path bam = OddBam.make(folder, 35);
    IOException e = assertThrows(IOException.class, () -> view(bam, Parts.RECORDS));
    assertTrue(e.getMessage().contains("invalid or truncated Arrow file"), e.getMessage());
  }

  @Test
  void commandsGiveTextAndExitCodes() throws Exception {
    Path bam = OddBam.make(folder, 36);
    Path arrow = convert(bam, ConvertOptions.defaults().withTags(UNTYPED));
    Path out = folder.resolve("out.sam");
    assertEquals(
        0,
        new CommandLine(new ViewCommand()).execute("-h", "-o", out.toString(), arrow.toString()));
    assertArrayEquals(
        Samtools.run("view", "-h", "--no-PG", bam.toString()), Files.readAllBytes(out));
    StringWriter text = new StringWriter();
    CommandLine verify = new CommandLine(new VerifyCommand()).setOut(new PrintWriter(text));
    assertEquals(0, verify.execute(bam.toString(), arrow.toString()));
    assertTrue(text.toString().startsWith("equal: " + OddBam.RECORDS + " rows, "), text.toString());
    Path changed = folder.resolve("changed.arrow");
    Tampered.change(arrow, "pos", changed);
    assertEquals(1, verify.execute(bam.toString(), changed.toString()));
    assertEquals(2, verify.setErr(new PrintWriter(text)).execute(bam.toString()));
  }

  private Path convert(Path bam, ConvertOptions options) throws IOException {
    Path arrow = folder.resolve("out.arrow");
    Files.deleteIfExists(arrow);
    BamToArrow.convert(List.of(bam.toString()), arrow.toString(), options);
    return arrow;
  }

  private static byte[] view(Path arrow, Parts parts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ArrowToSam.write(arrow, out, parts);
    return out.toByteArray();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private static List<String> mandatory(String line) {
    return Arrays.asList(line.split("\t")).subList(0, 11);
  }

  private static TreeSet<String> tags(String line) {
    List<String> fields = Arrays.asList(line.split("\t"));
    return new TreeSet<>(fields.subList(11, fields.size()));
  }
}
