package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code _metadata} has what that of Spark's own file sources has. */
class FileMetadataTest {
  @TempDir Path folder;

  /** Spark's own, without the fields that only some sources have. */
  private Dataset<Row> sparks(Path file) {
    Dataset<Row> theirs =
        LocalSpark.SESSION.read().format("binaryFile").load(file.getParent().toString());
    return theirs
        .selectExpr("_metadata")
        .filter("_metadata.file_path LIKE '%" + "bam' OR _metadata.file_path LIKE '%arrow'");
  }

  private static void assertSame(Dataset<Row> theirs, Dataset<Row> ours) {
    StructField field = ours.select("_metadata").schema().apply(0);
    StructField their = theirs.schema().apply(0);
    assertEquals(their.nullable(), field.nullable());
    StructType type = (StructType) their.dataType();
    List<StructField> common =
        Arrays.stream(type.fields()).filter(each -> !each.name().equals("row_index")).toList();
    assertEquals(common.toString(), List.of(((StructType) field.dataType()).fields()).toString());
    assertEquals(theirs.collectAsList(), ours.select("_metadata").distinct().collectAsList());
  }

  @Test
  void bamsHaveSparksValues() throws IOException {
    Path odd = Files.createDirectories(folder.resolve("a b%41+é=x"));
    Path bam = Bams.reads(odd.resolve("x y%é+#.bam"), 3);
    assertSame(sparks(bam), LocalSpark.read(bam));
    assertEquals(List.of("qname"), List.of(LocalSpark.read(bam).columns()).subList(0, 1));
    assertTrue(!List.of(LocalSpark.read(bam).columns()).contains("_metadata"));
  }

  @Test
  void arrowFilesHaveSparksValues() throws IOException {
    Path out = folder.resolve("out");
    LocalSpark.SESSION
        .range(5)
        .coalesce(1)
        .write()
        .format("bamarrow")
        .mode("append")
        .save(out.toString());
    assertSame(sparks(out.resolve("part")), LocalSpark.read(out));
  }

  @Test
  void fieldsAreSelectedAndFilteredByThemselves() throws IOException {
    Bams.reads(folder.resolve("a.bam"), 3);
    Bams.reads(folder.resolve("b.bam"), 4);
    Dataset<Row> reads = LocalSpark.read(folder);
    Dataset<Row> one =
        reads
            .filter("_metadata.file_name = 'b.bam'")
            .select("_metadata.file_name", "qname", "_file", "_voffset");
    String plan = Plans.text(one);
    assertTrue(plan.contains("(1 of 2 files)"), plan);
    assertTrue(plan.contains("_metadata#") && !plan.contains("file_size"), plan);
    assertEquals(4, one.collectAsList().size());
    assertEquals("b.bam", one.head().getString(0));
    assertEquals(3, reads.filter("_metadata.file_name <> 'b.bam'").count());
    assertEquals(
        7, reads.filter("_metadata.file_block_start = 0").select("flag").collectAsList().size());
    assertEquals(
        7,
        reads
            .filter(
                "_metadata.file_size > 10 AND _metadata.file_modification_time >"
                    + " timestamp'2020-01-01'")
            .count());
    assertEquals(
        "[[a.bam,3], [b.bam,4]]",
        reads
            .groupBy("_metadata.file_name")
            .count()
            .orderBy("file_name")
            .collectAsList()
            .toString());
  }

  @Test
  void aSplitHasItsOwnBlock() {
    Path bam = Bams.synth(folder.resolve("s.bam"), SynthProfile.SHORT, 4000);
    Dataset<Row> blocks =
        LocalSpark.read(bam, "splits", "3")
            .selectExpr(
                "_metadata.file_block_start s",
                "_metadata.file_block_length l",
                "_metadata.file_size z")
            .distinct()
            .orderBy("s");
    List<Row> rows = blocks.collectAsList();
    assertEquals(3, rows.size());
    long end = 0;
    for (Row row : rows) {
      assertEquals(end, row.getLong(0));
      end += row.getLong(1);
    }
    assertEquals(bam.toFile().length(), end);
    assertEquals(end, rows.get(0).getLong(2));
  }

  @Test
  void aColumnOfThatNameHidesIt() {
    String out = folder.resolve("own").toString();
    LocalSpark.SESSION
        .sql("SELECT 1 a, 'mine' _metadata, 2 _file")
        .write()
        .format("bamarrow")
        .mode("append")
        .save(out);
    assertEquals(
        "[[mine,1,2]]",
        LocalSpark.read(out).select("_metadata", "a", "_file").collectAsList().toString());
    assertEquals(1, LocalSpark.read(out).filter("_metadata = 'mine'").count());
    assertEquals("[[1,mine,2]]", LocalSpark.read(out).collectAsList().toString());
    out = folder.resolve("struct").toString();
    LocalSpark.SESSION
        .sql("SELECT 1 a, named_struct('file_name', 'mine') _metadata")
        .write()
        .format("bamarrow")
        .mode("append")
        .save(out);
    assertEquals(1, LocalSpark.read(out).filter("_metadata.file_name = 'mine'").count());
  }
}
