package org.bamarrow.spark.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
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
}
