package org.bamarrow.spark.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.bamarrow.BamToArrow;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.PartSize;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code option("table", ...)}: every field of the header is somewhere. */
class HeaderTablesTest {
  private static final String TEXT =
      "@HD\tVN:1.6\tSO:coordinate\n"
          + "@SQ\tSN:chr1\tLN:100\tM5:abc\tAS:GRCh38\tSP:Homo\tUR:file:/x\tAN:1,one\tTP:linear\n"
          + "@RG\tID:a\tSM:s\tLB:l\tPL:ILLUMINA\tPU:u\tKS:ACGT\n"
          + "@PG\tID:p\tPN:bwa\tVN:1\tCL:bwa mem\n"
          + "@PG\tID:q\tPP:p\tXX:y\n"
          + "@CO\ta comment:\twith tabs\n";

  @TempDir Path folder;

  private Path bam(String text) {
    return Bams.headerOnly(
        folder.resolve("h.bam"),
        text.getBytes(StandardCharsets.ISO_8859_1),
        "chr1",
        "100",
        "chr2",
        "200");
  }

  @Test
  void headerHasEveryLine() {
    List<Row> rows =
        LocalSpark.read(bam(TEXT), "table", "header")
            .selectExpr("line", "type", "to_json(fields)", "text")
            .collectAsList();
    assertEquals(6, rows.size());
    assertEquals(
        "[1,HD,{\"VN\":\"1.6\",\"SO\":\"coordinate\"},@HD\tVN:1.6\tSO:coordinate]",
        rows.get(0).toString());
    assertEquals("[6,CO,{},@CO\ta comment:\twith tabs]", rows.get(5).toString());
  }

  @Test
  void referencesAreTheBinaryOnesWithWhatTheTextSays() {
    List<Row> rows =
        LocalSpark.read(bam(TEXT), "table", "references")
            .selectExpr(
                "id",
                "name",
                "length",
                "md5",
                "assembly",
                "species",
                "uri",
                "to_json(aliases)",
                "to_json(other_fields)")
            .collectAsList();
    assertEquals(
        "[[0,chr1,100,abc,GRCh38,Homo,file:/x,[\"1\",\"one\"],{\"TP\":\"linear\"}],"
            + " [1,chr2,200,null,null,null,null,[],{}]]",
        rows.toString());
  }

  @Test
  void readGroupsAndProgramsKeepTheFieldsThatHaveNoColumn() {
    Path bam = bam(TEXT);
    assertEquals(
        "[[a,s,l,ILLUMINA,u,null,{\"KS\":\"ACGT\"}]]",
        LocalSpark.read(bam, "table", "read_groups")
            .selectExpr(
                "id",
                "sample",
                "library",
                "platform",
                "platform_unit",
                "center",
                "to_json(other_fields)")
            .collectAsList()
            .toString());
    assertEquals(
        "[[p,bwa,1,bwa mem,null,{}], [q,null,null,null,p,{\"XX\":\"y\"}]]",
        LocalSpark.read(bam, "table", "programs")
            .selectExpr(
                "id", "name", "version", "command_line", "previous", "to_json(other_fields)")
            .collectAsList()
            .toString());
  }

  @Test
  void allFilesAreInIt() {
    bam(TEXT);
    Bams.reads(folder.resolve("other.bam"), 1);
    assertEquals(2, LocalSpark.read(folder, "table", "references").count());
    assertEquals(
        6, LocalSpark.read(folder, "table", "header").filter("file like '%h.bam'").count());
  }

  @Test
  void textThatIsNotUtf8IsAnErrorUnlessItIsToBeLatin1() {
    Path bam = bam("@CO\t\u00e9\n");
    Exception refused =
        assertThrows(
            Exception.class, () -> LocalSpark.read(bam, "table", "header").collectAsList());
    assertTrue(refused.getMessage().contains("textEncoding=latin-1"), refused.getMessage());
    assertEquals(
        "@CO\t\u00e9",
        LocalSpark.read(bam, "table", "header", "textEncoding", "latin-1")
            .select("text")
            .head()
            .getString(0));
  }

  private static final List<String> TABLES =
      List.of("header", "references", "read_groups", "programs");

  /** The rows of a header table, with the file name in place of the whole name of the file. */
  private static List<String> rows(Object data, String table) {
    return LocalSpark.read(data, "table", table).toJSON().collectAsList().stream()
        .map(row -> row.replaceFirst("\"file\":\"[^\"]*/", "\"file\":\""))
        .sorted()
        .toList();
  }

  private List<String> twoBams() throws IOException {
    Path folderOfBams = Files.createDirectory(folder.resolve("bams"));
    Path other = Bams.synth(folderOfBams.resolve("other.bam"), SynthProfile.SHORT, 20_000);
    byte[] text = TEXT.replace("chr1", "one").getBytes(StandardCharsets.UTF_8);
    Path empty = Bams.headerOnly(folderOfBams.resolve("h.bam"), text, "one", "100", "two", "200");
    return List.of(empty.toString(), other.toString());
  }

  @Test
  void arrowDataHaveTheTablesOfTheirBams() throws IOException {
    List<String> bams = twoBams();
    Path files = Files.createDirectory(folder.resolve("files"));
    Path parts = folder.resolve("parts");
    Path one = folder.resolve("one.arrow");
    ConvertOptions options = ConvertOptions.defaults();
    for (String bam : bams) {
      Path to = files.resolve(Path.of(bam).getFileName() + ".arrow");
      BamToArrow.convert(List.of(bam), to.toString(), options, Progress.NONE);
    }
    LocalPartStore store = new LocalPartStore(parts.toString(), true);
    BamToParts.convert(bams, store, options, PartSize.count(6), Progress.NONE);
    assertTrue(Manifest.read(store).parts().size() > 2);
    List<String> same = List.of(bams.get(1), bams.get(1));
    BamToArrow.convert(same, one.toString(), options, Progress.NONE);
    for (String table : TABLES) {
      List<String> expected = rows(folder.resolve("bams"), table);
      assertEquals(expected, rows(files, table), table);
      assertEquals(expected, rows(parts, table), table);
      List<String> twice = new ArrayList<>(rows(bams.get(1), table));
      twice.addAll(twice);
      assertEquals(twice.stream().sorted().toList(), rows(one, table), table);
    }
    assertEquals(
        "h.bam.arrow",
        LocalSpark.read(files, "table", "programs")
            .selectExpr("substring_index(input_file_name(), '/', -1)", "name")
            .filter("name = 'bwa'")
            .head()
            .getString(0));
  }

  @Test
  void dataThatWereNotConvertedHaveNoHeader() {
    Path written = folder.resolve("written");
    LocalSpark.SESSION.range(9).write().format("bamarrow").save(written.toString());
    Exception refused =
        assertThrows(
            Exception.class, () -> LocalSpark.read(written, "table", "header").collectAsList());
    assertTrue(refused.getMessage().contains("has no header of a BAM"), refused.getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            LocalSpark.SESSION
                .range(9)
                .write()
                .mode("append")
                .format("bamarrow")
                .option("table", "records")
                .save(written.toString()));
    assertEquals(9, LocalSpark.read(written, "table", "records").count());
  }

  @Test
  void headersThatAreNotUtf8AreReadAsLatin1FromArrowDataToo() throws IOException {
    Path bam = bam("@CO\t\u00e9\n");
    Path arrow = folder.resolve("h.arrow");
    BamToArrow.convert(
        List.of(bam.toString()),
        arrow.toString(),
        ConvertOptions.defaults()
            .withColumns(ColumnOptions.defaults().withTextEncoding(TextEncoding.LATIN_1)),
        Progress.NONE);
    Exception refused =
        assertThrows(
            Exception.class, () -> LocalSpark.read(arrow, "table", "header").collectAsList());
    assertTrue(refused.getMessage().contains("textEncoding=latin-1"), refused.getMessage());
    assertEquals(
        "@CO\t\u00e9",
        LocalSpark.read(arrow, "table", "header", "textEncoding", "latin-1")
            .select("text")
            .head()
            .getString(0));
  }
}
