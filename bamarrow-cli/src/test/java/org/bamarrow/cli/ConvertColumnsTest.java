package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import htsjdk.samtools.SAMFileHeader;
import htsjdk.samtools.SAMFileWriter;
import htsjdk.samtools.SAMFileWriterFactory;
import htsjdk.samtools.SAMRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.ArrowType.ArrowTypeID;
import org.bamarrow.convert.ColumnOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertColumnsTest {
  @TempDir private static Path folder;
  private static Path bam;
  private static ArrowTable plain;

  @BeforeAll
  static void makeInput() throws Exception {
    bam = Cli.bam(folder, "in.bam", 1);
    plain = convert();
  }

  private static ArrowTable convert(Object... options) throws Exception {
    Path out = folder.resolve("out.arrow");
    List<Object> words = new ArrayList<>(List.of("convert", "--force"));
    words.addAll(List.of(options));
    words.addAll(List.of(bam, out));
    Cli.Result result = Cli.run(words.toArray());
    assertEquals(0, result.code(), result.err());
    return ArrowTable.file(out);
  }

  @Test
  void byDefaultAllCoreColumnsAndTags() {
    List<String> names = new ArrayList<>(ColumnOptions.CORE);
    names.addAll(List.of("tags", "other_tags"));
    assertEquals(names, plain.names());
    assertEquals(200, plain.rows().size());
  }

  @Test
  void columnsComeAsListedAndWithoutTags() throws Exception {
    ArrowTable table = convert("--columns", "mapq,qname,read_group,voffset,file");
    assertEquals(List.of("mapq", "qname", "read_group", "voffset", "file"), table.names());
    assertEquals(plain.column("qname"), table.column("qname"));
    assertTrue(table.column("file").stream().allMatch(name -> name.endsWith("in.bam")));
    assertTrue(table.column("read_group").stream().anyMatch(name -> name.startsWith("rg")));
  }

  @Test
  void tagColumnsMayBeListedLast() throws Exception {
    assertEquals(List.of("flag", "tags"), convert("--columns", "flag,tags").names());
    assertEquals(List.of("flag", "other_tags"), convert("--columns", "flag,other_tags").names());
    assertEquals(
        List.of("flag", "tags", "other_tags"),
        convert("--columns", "flag", "--tags", "NM:i", "--other-tags", "all").names());
  }

  @Test
  void sequenceAndQualityCanBeLeftOut() throws Exception {
    List<String> names = convert("--no-sequence", "--no-quality").names();
    assertFalse(names.contains("seq") || names.contains("qual"), names.toString());
    assertEquals(plain.names().size() - 2, names.size());
    assertEquals(plain.names(), convert("--sequence", "--quality").names());
  }

  @Test
  void qualitiesAsNumbers() throws Exception {
    ArrowTable table = convert("--qual", "numbers");
    assertEquals(ArrowTypeID.List, table.schema().findField("qual").getType().getTypeID());
    String text = plain.column("qual").get(0);
    List<Integer> phred = text.chars().mapToObj(c -> c - 33).toList();
    assertEquals(phred.toString().replace(" ", ""), table.column("qual").get(0));
  }

  @Test
  void cigarAsOps() throws Exception {
    String first = convert("--cigar", "ops").column("cigar").get(0);
    assertEquals("151M", plain.column("cigar").get(0));
    assertEquals("[{\"op\":\"M\",\"length\":151}]", first);
  }

  @Test
  void zeroBasedCoordinates() throws Exception {
    ArrowTable table = convert("--coordinates", "zero-based");
    IntStream.range(0, 50)
        .filter(row -> !plain.column("pos").get(row).equals("null"))
        .forEach(
            row -> {
              int pos = Integer.parseInt(plain.column("pos").get(row));
              assertEquals("" + (pos - 1), table.column("pos").get(row));
              assertEquals(plain.column("end").get(row), table.column("end").get(row));
            });
  }

  @Test
  void latin1IsMappedOnlyIfAskedFor() throws Exception {
    Path odd = folder.resolve("latin.bam");
    SAMFileHeader header = new SAMFileHeader();
    try (SAMFileWriter writer = new SAMFileWriterFactory().makeBAMWriter(header, true, odd)) {
      SAMRecord record = new SAMRecord(header);
      record.setReadName("r1");
      record.setReadUnmappedFlag(true);
      record.setAttribute("XX", "caf\u00e9");
      writer.addAlignment(record);
    }
    Path out = folder.resolve("latin.arrow");
    Cli.Result refused = Cli.run("convert", odd, out);
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("latin"), refused.err());
    assertFalse(Files.exists(out));
    assertEquals(0, Cli.run("convert", "--text-encoding", "latin-1", odd, out).code());
    assertTrue(ArrowTable.file(out).rows().get(0).toString().contains("caf\u00e9"));
  }

  @Test
  void rogtkProfile() throws Exception {
    ArrowTable table = convert("--profile", "rogtk");
    assertEquals(ColumnOptions.ROGTK, table.names());
    assertEquals(plain.column("qname"), table.column("name"));
    assertEquals(plain.column("pos"), table.column("start"));
    assertEquals(plain.column("seq"), table.column("sequence"));
    List<String> fewer = convert("--profile", "rogtk", "--no-quality").names();
    assertFalse(fewer.contains("quality_scores"), fewer.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --columns sequense             | unknown column 'sequense'; did you mean seq?
          --columns qname,reed_group     | did you mean read_group?
          --columns qname,               | unknown column ''
          --columns pos,flag,pos         | duplicate column pos
          --columns tags,pos             | tags and other_tags must come last
          --columns seq --no-sequence    | --no-sequence conflicts with --columns seq
          --columns pos --quality        | --quality conflicts with --columns pos
          --columns tags                 | no columns are selected
          --columns pos,tags --tags none | --tags none conflicts with
          --profile rogtk --tags auto    | has no tags
          --profile rogtk --columns pos  | unknown column 'pos'
          --profile other                | 'other' is not one of rogtk
          --qual number                  | 'number' is not one of text, numbers
          --cigar list                   | 'list' is not one of text, ops
          --coordinates 1                | '1' is not one of one-based, zero-based
          --text-encoding ascii          | 'ascii' is not one of utf-8, latin-1
          """)
  void wrongChoicesAreUsageErrorsInOneLine(String options, String problem) {
    List<Object> words = new ArrayList<>(List.of("convert"));
    words.addAll(List.of(options.split(" ")));
    words.addAll(List.of(bam, folder.resolve("never.arrow")));
    Cli.Result result = Cli.run(words.toArray());
    assertEquals(2, result.code());
    assertTrue(result.err().contains(problem), result.err());
    assertTrue(result.err().startsWith("bamarrow: "), result.err());
    assertTrue(result.err().endsWith("; see bamarrow convert --help\n"), result.err());
    assertEquals(1, result.err().lines().count(), result.err());
    assertFalse(Files.exists(folder.resolve("never.arrow")));
  }
}
