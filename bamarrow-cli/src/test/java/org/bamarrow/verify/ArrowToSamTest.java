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
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagsMode;
import org.bamarrow.internal.bam.Samtools;
import org.bamarrow.verify.ArrowToSam.Parts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class ArrowToSamTest {
  private static final TagOptions UNTYPED =
      new TagOptions(TagsMode.NONE, List.of(), OtherTags.ALL, false, false);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 7})
  void isSamtoolsTextByteForByteWhereTheMapHoldsAllTags(int bits) throws Exception {
    Path bam = OddBam.make(folder, 31);
    ColumnOptions columns =
        new ColumnOptions(
            ColumnOptions.CORE, (bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, false, null);
    byte[] expected = Samtools.run("view", bam.toString());
    Path arrow = convert(bam, ConvertOptions.defaults().with(columns).with(UNTYPED));
    assertArrayEquals(expected, view(arrow, Parts.RECORDS));
    TagOptions both = new TagOptions(TagsMode.LIST, OddBam.TYPED, OtherTags.ALL, false, false);
    arrow = convert(bam, ConvertOptions.defaults().with(columns).with(both));
    assertArrayEquals(expected, view(arrow, Parts.RECORDS));
  }

  @Test
  void printsTypedTagsInTheSchemasOrderThenTheOthers() throws Exception {
    Path bam = OddBam.make(folder, 32);
    TagOptions typed =
        new TagOptions(TagsMode.LIST, OddBam.TYPED, OtherTags.OVERFLOW, false, false);
    Path arrow = convert(bam, ConvertOptions.defaults().with(typed));
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
    ColumnOptions latin1 = new ColumnOptions(ColumnOptions.CORE, false, false, false, true, null);
    Path arrow = convert(bam, ConvertOptions.defaults().with(latin1).with(UNTYPED));
    assertArrayEquals(line, view(arrow, Parts.RECORDS));
    VerifyResult result = Verifier.verify(List.of(bam.toString()), arrow, text -> {});
    assertEquals(VerifyResult.Outcome.EQUAL, result.outcome(), result.message());
  }

  @Test
  void printsTheHeaderByteForByte() throws Exception {
    Path bam = OddBam.make(folder, 33);
    Path arrow = convert(bam, ConvertOptions.defaults().with(UNTYPED));
    byte[] header = Samtools.run("view", "-H", "--no-PG", bam.toString());
    assertArrayEquals(header, view(arrow, Parts.HEADER));
    byte[] both = Samtools.run("view", "-h", "--no-PG", bam.toString());
    assertArrayEquals(both, view(arrow, Parts.HEADER_AND_RECORDS));
  }

  @Test
  void namesTheColumnsThatAreMissing() throws Exception {
    Path bam = OddBam.make(folder, 34);
    ColumnOptions few =
        new ColumnOptions(List.of("qname", "pos"), false, false, false, false, null);
    Path arrow = convert(bam, ConvertOptions.defaults().with(few));
    IOException e = assertThrows(IOException.class, () -> view(arrow, Parts.RECORDS));
    assertTrue(e.getMessage().contains("flag, rname, mapq"), e.getMessage());
  }

  @Test
  void refusesWhatIsNoArrowFile() throws Exception {
    Path bam = OddBam.make(folder, 35);
    IOException e = assertThrows(IOException.class, () -> view(bam, Parts.RECORDS));
    assertTrue(e.getMessage().contains("not a whole Arrow file"), e.getMessage());
  }

  @Test
  void commandsGiveTextAndExitCodes() throws Exception {
    Path bam = OddBam.make(folder, 36);
    Path arrow = convert(bam, ConvertOptions.defaults().with(UNTYPED));
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
