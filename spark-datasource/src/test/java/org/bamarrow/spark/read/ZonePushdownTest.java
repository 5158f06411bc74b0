package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Record batches are left out by their statistics, and the answer is Spark's own. */
class ZonePushdownTest {
  private static final int RECORDS = 20_000;
  private static final int CONDITIONS = 15;

  @TempDir static Path folder;
  private static Path bam;
  private static Path file;
  private static Path parts;
  private static Path written;

  @BeforeAll
  static void make() throws IOException {
    SortedReads reads = SortedReads.in(folder, RECORDS, "voffset");
    bam = reads.bam();
    file = reads.file();
    parts = reads.parts();
    written = reads.written();
  }

  @Test
  void randomConditionsGiveSparksOwnAnswer() {
    for (Path data : List.of(file, parts, written)) {
      Random random = new Random(data.getFileName().hashCode());
      List<String> conditions = FilterPushdownTest.conditions(random, CONDITIONS);
      List<List<Long>> expected = expected(data, conditions);
      for (int i = 0; i < conditions.size(); i++) {
        String condition = conditions.get(i);
        assertEquals(expected.get(i), offsets(LocalSpark.read(data).filter(condition)), condition);
      }
    }
  }

  /** Of each condition the rows for which it is true, evaluated by Spark in one job. */
  private static List<List<Long>> expected(Path data, List<String> conditions) {
    String[] columns =
        Stream.concat(conditions.stream(), Stream.of("voffset")).toArray(String[]::new);
    List<List<Long>> rows = new ArrayList<>();
    conditions.forEach(condition -> rows.add(new ArrayList<>()));
    for (Row row : LocalSpark.read(data, "pushdown", "false").selectExpr(columns).collectAsList()) {
      for (int i = 0; i < conditions.size(); i++) {
        if (!row.isNullAt(i) && row.getBoolean(i)) {
          rows.get(i).add(row.getLong(conditions.size()));
        }
      }
    }
    rows.forEach(each -> each.sort(null));
    return rows;
  }

  private static List<Long> offsets(Dataset<Row> query) {
    return query.select("voffset").collectAsList().stream()
        .map(row -> row.getLong(0))
        .sorted()
        .toList();
  }

  @Test
  void aRegionReadsAFewBatches() {
    Row place =
        LocalSpark.read(file)
            .select("rname", "pos")
            .filter("pos is not null")
            .collectAsList()
            .get(RECORDS / 2);
    String region =
        String.format(
            "rname = '%s' and pos <= %d and end >= %d",
            place.getString(0), place.getInt(1) + 100, place.getInt(1));
    for (Path data : List.of(file, parts, written)) {
      Dataset<Row> all = LocalSpark.read(data).select("qname", "pos");
      all.collectAsList();
      Dataset<Row> query = LocalSpark.read(data).filter(region).select("qname", "pos");
      int rows = query.collectAsList().size();
      assertTrue(rows > 0, data + " " + rows);
      long read = Plans.metric(query, "batches");
      assertTrue(read >= 1 && read <= 3, data + ": " + read + " batches");
      assertEquals(
          Plans.metric(all, "batches"),
          read + Plans.metric(query, "batchesLeftOut"),
          data.toString());
      assertTrue(Plans.text(query).contains("PushedFilters: [rname"), Plans.text(query));
    }
  }

  @Test
  void bytesOfBatchesThatAreLeftOutAreNotRead() {
    Dataset<Row> all = LocalSpark.read(file);
    all.collectAsList();
    Dataset<Row> some = LocalSpark.read(file).filter("rname = 'chr2'");
    some.collectAsList();
    Dataset<Row> none = LocalSpark.read(file).filter("rname = 'chr99'");
    assertEquals(0, none.collectAsList().size());
    long whole = Plans.metric(all, "bytesRead");
    assertTrue(whole > file.toFile().length() * 9 / 10, whole + " bytes");
    assertTrue(Plans.metric(some, "bytesRead") < whole * 2 / 3);
    assertEquals(0, Plans.metric(none, "batches"));
    assertTrue(Plans.metric(none, "bytesRead") < whole / 10, "footers only");
  }

  @Test
  void columnsOfBatchesWithoutAnAcceptedRowAreNotRead() {
    Dataset<Row> flags = LocalSpark.read(file).select("qname");
    flags.collectAsList();
    String name = flags.collectAsList().get(RECORDS / 3).getString(0);
    Dataset<Row> one = LocalSpark.read(file).filter("qname = '" + name + "'");
    assertTrue(one.collectAsList().size() >= 1);
    assertTrue(Plans.metric(one, "batches") <= 2, "those with the name");
    Dataset<Row> all = LocalSpark.read(file);
    all.collectAsList();
    assertTrue(Plans.metric(one, "bytesRead") < Plans.metric(all, "bytesRead") / 4);
  }

  @Test
  void rowsAreCountedByTheManifest() {
    Dataset<Row> count = LocalSpark.read(parts).groupBy().count();
    assertTrue(Plans.text(count).contains("LocalTableScan"), Plans.text(count));
    assertEquals(RECORDS, count.head().getLong(0));
    assertEquals(RECORDS, LocalSpark.read(file).count());
    assertEquals(
        LocalSpark.read(parts, "pushdown", "false").filter("flag & 16 = 16").count(),
        LocalSpark.read(parts).filter("flag & 16 = 16").count());
  }

  @Test
  void aLimitEndsReading() {
    Dataset<Row> query = LocalSpark.read(file).select("qname").limit(5);
    assertEquals(5, query.collectAsList().size());
    assertTrue(Plans.text(query).contains("PushedLimit: 5"), Plans.text(query));
    assertTrue(Plans.metric(query, "batches") <= 1);
    assertEquals(0, LocalSpark.read(file).limit(0).collectAsList().size());
    assertEquals(RECORDS, LocalSpark.read(file).limit(RECORDS + 1).collectAsList().size());
  }

  @Test
  void pushdownCanBeTurnedOff() {
    Dataset<Row> query = LocalSpark.read(file, "pushdown", "false").filter("rname = 'chr2'");
    assertFalse(Plans.text(query).contains("PushedFilters: [rname"), Plans.text(query));
    query.collectAsList();
    assertEquals(0, Plans.metric(query, "batchesLeftOut"));
  }

  @Test
  void aFileWithoutAZoneMapIsReadAsEver() throws IOException {
    Path stream = folder.resolve("stream.arrows");
    ConvertOptions options = ConvertOptions.defaults();
    BamToArrow.convert(
        List.of(bam.toString()),
        stream.toString(),
        options.withOutput(options.output().withFormat(org.bamarrow.convert.Format.STREAM)),
        Progress.NONE);
    assertEquals(
        LocalSpark.read(file).filter("rname = 'chr2'").count(),
        LocalSpark.read(stream).filter("rname = 'chr2'").count());
    Files.delete(stream);
  }
}
