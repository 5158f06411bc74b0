package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.bamarrow.BamToArrow;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.PartSize;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of structs in Arrow data, only the fields of a query are read. */
class NestedFieldsTest {
  @TempDir static Path folder;
  private static Path bam;
  private static List<Path> converted;

  @BeforeAll
  static void convert() throws IOException {
    bam = Bams.synth(folder.resolve("in.bam"), SynthProfile.SHORT, 5000);
    Path file = folder.resolve("file.arrow");
    Path parts = folder.resolve("parts");
    Path written = folder.resolve("written");
    List<String> input = List.of(bam.toString());
    BamToArrow.convert(input, file.toString(), ConvertOptions.defaults(), Progress.NONE);
    BamToParts.convert(
        input,
        new LocalPartStore(parts.toString(), true),
        ConvertOptions.defaults(),
        PartSize.count(2),
        Progress.NONE);
    write(LocalSpark.read(file), "zstd", written);
    converted = List.of(file, parts, written);
  }

  private static void write(Dataset<Row> rows, String compression, Path to) {
    rows.coalesce(1)
        .write()
        .format("bamarrow")
        .option("compression", compression)
        .save(to.toString());
  }

  private static long bytes(Dataset<Row> query) {
    query.collectAsList();
    return Plans.metric(query, "bytesRead");
  }

  @Test
  void onlyTheTagOfAQueryIsRead() {
    List<Row> expected = LocalSpark.read(bam).select("tags.NM", "tags.MD").collectAsList();
    assertTrue(expected.stream().anyMatch(row -> !row.isNullAt(0)));
    for (Path data : converted) {
      Dataset<Row> rows = LocalSpark.read(data);
      assertEquals(expected, rows.select("tags.NM", "tags.MD").collectAsList(), data.toString());
      long one = bytes(rows.select("tags.NM"));
      long all = bytes(rows.select("tags"));
      assertTrue(one < all / 2, data + ": " + one + " of " + all);
    }
  }

  @Test
  void conditionsOnOtherTagsKeepTheirRows() {
    String condition = "tags.NM = 1 and tags.RG is not null and mapq > 10";
    List<Row> expected =
        LocalSpark.read(bam).filter(condition).select("tags.MD", "qname").collectAsList();
    assertFalse(expected.isEmpty());
    for (Path data : converted) {
      Dataset<Row> query = LocalSpark.read(data).filter(condition).select("tags.MD", "qname");
      assertEquals(expected, query.collectAsList(), data.toString());
      assertEquals(expected.size(), LocalSpark.read(data).filter(condition).count());
    }
  }

  @Test
  void fieldsOfAnyDepthInAnyDataFrame() {
    Dataset<Row> rows =
        LocalSpark.SESSION.sql(
            """
            select id, if(id % 5 = 0, null, named_struct(
              'a', id,
              'b', named_struct('x', repeat('x', cast(id as int)), 'y', if(id % 3 = 0, null, -id),
                'z', named_struct('deep', id * 2, 'other', repeat('o', 500))),
              'list', array(named_struct('p', id, 'q', 'q')),
              'day', date'2020-01-01' + cast(id as int),
              'map', map('k', id))) s
            from range(200)
            """);
    Path data = folder.resolve("nested");
    write(rows, "lz4", data);
    Dataset<Row> read = LocalSpark.read(data);
    for (String query :
        List.of(
            "s.a, s.b.x",
            "s.b.z, s.day",
            "s.list.p, s.map['k']",
            "s.b.z.deep, s.b is null, s is null",
            "s.b.y, id")) {
      String[] columns = query.split(", ");
      assertEquals(
          rows.selectExpr(columns).collectAsList(),
          read.selectExpr(columns).collectAsList(),
          query);
    }
    String condition = "s.b.z.deep > 300 and s.b.y is null";
    assertEquals(
        rows.filter(condition).select("s.day").collectAsList(),
        read.filter(condition).select("s.day").collectAsList());
    long deep = bytes(read.select("s.b.z.deep"));
    long z = bytes(read.select("s.b.z"));
    long all = bytes(read.select("s"));
    assertTrue(deep < z && z < all, deep + " " + z + " " + all);
  }

  @Test
  void fieldsThatAFileLacksAreNull() throws IOException {
    Path cohort = Files.createDirectory(folder.resolve("cohort"));
    List<String> tags = List.of("NMC\1XYZx\0", "NMC\2CBZcell\0", "");
    for (int i = 0; i < tags.size(); i++) {
      Path sample =
          Bams.of(folder.resolve(i + ".bam"), List.of(Bams.record("r" + i, 9, 5, 30, tags.get(i))));
      BamToArrow.convert(
          List.of(sample.toString()),
          cohort.resolve(i + ".arrow").toString(),
          ConvertOptions.defaults(),
          Progress.NONE);
    }
    Dataset<Row> rows = LocalSpark.read(cohort);
    assertEquals(
        List.of(
            RowFactory.create((Object) null),
            RowFactory.create("cell"),
            RowFactory.create((Object) null)),
        rows.select("tags.CB").collectAsList());
    assertEquals(
        List.of(RowFactory.create("cell", null, "r1")),
        rows.filter("tags.NM = 2").select("tags.CB", "tags.XY", "qname").collectAsList());
  }
}
