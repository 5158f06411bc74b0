package org.bamarrow.spark.read;

import static org.apache.spark.sql.functions.col;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.Corpus;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.spark.files.Indexes;
import org.bamarrow.spark.interval.IntervalJoin;
import org.bamarrow.spark.interval.IntervalOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Joins with intervals give what Spark's own joins give, and read less. */
class IntervalJoinTest {
  private static final int RECORDS = 20_000;
  private static final String OVERLAP = "rname = chrom AND pos <= stop AND `end` > start";
  private static final List<String> KINDS =
      List.of("inner", "left", "right", "left_semi", "left_anti");

  @TempDir static Path folder;
  private static Path bam;
  private static Path arrow;

  /** Reference name and position of a read in the middle. */
  private static Row middle;

  @BeforeAll
  static void make() throws IOException {
    bam = Bams.synth(folder.resolve("sorted.bam"), SynthProfile.SHORT, RECORDS);
    Indexes.bai(bam, folder.resolve("sorted.bam.bai"));
    arrow = converted(bam, folder.resolve("sorted.arrow"));
    middle =
        LocalSpark.read(bam)
            .select("rname", "pos")
            .filter("pos is not null")
            .collectAsList()
            .get(RECORDS / 2);
  }

  private static Path converted(Path bam, Path arrow) throws IOException {
    List<String> columns = new ArrayList<>(ColumnOptions.CORE);
    columns.add("voffset");
    ConvertOptions options =
        ConvertOptions.defaults()
            .withColumns(ColumnOptions.defaults().withNames(columns))
            .withBatches(BatchOptions.defaults().withRows(200));
    BamToArrow.convert(List.of(bam.toString()), arrow.toString(), options, Progress.NONE);
    return arrow;
  }

  private static Dataset<Row> reads(Path data, String... options) {
    return LocalSpark.read(data, options)
        .selectExpr("qname", "flag", "rname", "pos", "`end`", of(data));
  }

  private static String of(Path data) {
    return data.toString().endsWith(".bam") ? "_voffset AS voffset" : "voffset";
  }

  private static Dataset<Row> bed(List<Row> rows) {
    StructType schema =
        new StructType().add("chrom", "string").add("start", "int").add("stop", "int");
    return LocalSpark.SESSION.createDataFrame(rows, schema.add("id", "int"));
  }

  /** Intervals around positions of reads, some empty, unknown, with nulls, or twice. */
  private static List<Row> random(Random random, List<Row> positions, int count) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Row at = positions.get(random.nextInt(positions.size()));
      int start = Math.max(0, at.getInt(1) + random.nextInt(400) - 200);
      int length = random.nextInt(4) * random.nextInt(150);
      rows.add(
          switch (random.nextInt(12)) {
            case 0 -> RowFactory.create("no such", start, start + length, i);
            case 1 -> RowFactory.create(null, start, start + length, i);
            case 2 -> RowFactory.create(at.getString(0), null, start, i);
            default -> RowFactory.create(at.getString(0), start, start + length, i);
          });
    }
    return rows;
  }

  private static List<Row> positions(Path data) {
    return LocalSpark.read(data)
        .select("rname", "pos")
        .filter("rname is not null and pos is not null")
        .collectAsList();
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private static Dataset<Row> sparks(
      Dataset<Row> reads, Dataset<Row> bed, String overlap, String how) {
    return reads.join(bed, functions.expr(overlap), how);
  }

  @Test
  void everyKindGivesSparksOwnJoin() {
    Random random = new Random(11);
    List<Row> positions = positions(bam);
    for (Path data : List.of(bam, arrow)) {
      Dataset<Row> bed = bed(random(random, positions, 30));
      IntervalJoin join = IntervalJoin.of(bed);
      for (String how : KINDS) {
        List<String> expected = sorted(sparks(reads(data, "pushdown", "false"), bed, OVERLAP, how));
        assertFalse(expected.isEmpty(), how);
        assertEquals(expected, sorted(join.join(reads(data), how)), data + " " + how);
      }
      for (int places : List.of(1, 3, 8)) {
        IntervalOptions few = IntervalOptions.bed().withLimits(30, places);
        assertEquals(
            sorted(join.join(reads(data), "inner")),
            sorted(IntervalJoin.of(bed, few).join(reads(data), "inner")),
            places + " places");
      }
    }
  }

  @Test
  void readsOfEachIntervalAreCounted() {
    Dataset<Row> bed = bed(random(new Random(12), positions(bam), 25));
    for (Path data : List.of(bam, arrow)) {
      List<Row> expected =
          sparks(reads(data, "pushdown", "false"), bed, OVERLAP, "right")
              .groupBy("chrom", "start", "stop", "id")
              .agg(functions.count("pos").as("reads"))
              .orderBy("id")
              .collectAsList();
      assertEquals(expected, IntervalJoin.of(bed).counts(reads(data), "reads").collectAsList());
    }
  }

  @Test
  void coordinatesAreAsTheOptionsSay() {
    List<Row> rows = random(new Random(13), positions(bam), 20);
    Map<String, IntervalOptions> kinds =
        Map.of(
            "rname = chrom AND pos <= stop AND `end` >= start",
            IntervalOptions.bed().withCoordinates(false, false),
            "rname = chrom AND pos < stop AND `end` >= start",
            IntervalOptions.bed().withCoordinates(false, true),
            "rname = chrom AND pos <= stop + 1 AND `end` > start",
            IntervalOptions.bed().withCoordinates(true, false));
    List<Row> full = rows.stream().filter(row -> row.isNullAt(1) || stops(row)).toList();
    kinds.forEach(
        (overlap, options) ->
            assertEquals(
                sorted(sparks(reads(bam), bed(full), overlap, "inner")),
                sorted(IntervalJoin.of(bed(full), options).join(reads(bam), "inner")),
                overlap));
    Dataset<Row> zero = reads(bam, "coordinates", "zero-based");
    IntervalOptions ofZero = IntervalOptions.bed().withReads("rname", "pos", "end", true);
    assertEquals(
        sorted(sparks(zero, bed(rows), "rname = chrom AND pos < stop AND `end` > start", "inner")),
        sorted(IntervalJoin.of(bed(rows), ofZero).join(zero, "inner")));
  }

  private static boolean stops(Row interval) {
    return interval.getInt(2) > interval.getInt(1);
  }

  private static Dataset<Row> atTheMiddle() {
    int pos = middle.getInt(1);
    return bed(
        List.of(
            RowFactory.create(middle.getString(0), pos, pos + 40, 1),
            RowFactory.create(middle.getString(0), pos + 60, pos + 70, 2)));
  }

  @Test
  void onlyThePlacesAreRead() {
    for (Path data : List.of(bam, arrow)) {
      Dataset<Row> reads = LocalSpark.read(data).select("qname", "rname", "pos", "end");
      Dataset<Row> all = sparks(reads, atTheMiddle(), OVERLAP, "inner");
      all.collectAsList();
      for (String how : List.of("inner", "right", "left_semi")) {
        Dataset<Row> query = IntervalJoin.of(atTheMiddle()).join(reads, how);
        assertFalse(query.collectAsList().isEmpty());
        long read = Plans.metric(query, "bytesRead");
        assertTrue(read < Plans.metric(all, "bytesRead") / 4, data + ": " + read + " bytes");
        String place = "pos <= " + (middle.getInt(1) + 40);
        String plan = Plans.scans(query).get(0).scan().description();
        assertTrue(plan.contains(place), plan);
      }
    }
  }

  @Test
  void placesPassThroughOtherTransformations() {
    Dataset<Row> reads =
        LocalSpark.read(bam)
            .filter("mapq >= 1")
            .withColumn("length", functions.expr("`end` - pos + 1"))
            .withColumnRenamed("rname", "contig")
            .select("contig", "pos", "end", "length");
    IntervalOptions options = IntervalOptions.bed().withReads("contig", "pos", "end", false);
    Dataset<Row> query = IntervalJoin.of(atTheMiddle(), options).join(reads, "inner");
    assertTrue(Plans.text(query).contains("pos <= " + (middle.getInt(1) + 40)), Plans.text(query));
    assertEquals(
        sorted(sparks(reads, atTheMiddle(), OVERLAP.replace("rname", "contig"), "inner")),
        sorted(query));
  }

  @Test
  void hundredsOfPlacesReachTheScan() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      rows.add(RowFactory.create("chr" + (1 + i % 2), 100 * i, 100 * i + 3, i));
    }
    for (Path data : List.of(bam, arrow)) {
      Dataset<Row> query = IntervalJoin.of(bed(rows)).join(reads(data), "left_semi");
      String scan = Plans.scans(query).get(0).scan().description();
      assertTrue(scan.split("pos <= ", -1).length > 200, scan);
      assertEquals(sorted(sparks(reads(data), bed(rows), OVERLAP, "left_semi")), sorted(query));
    }
  }

  @Test
  void noIntervalsAreNoRows() {
    IntervalJoin none = IntervalJoin.of(bed(List.of()));
    assertEquals(List.of(), none.join(reads(bam), "inner").collectAsList());
    assertEquals(List.of(), none.join(reads(arrow), "left_semi").collectAsList());
    assertEquals(List.of(), none.counts(reads(bam), "reads").collectAsList());
    assertEquals(RECORDS, none.join(reads(bam), "left").count());
    assertEquals(RECORDS, none.join(reads(arrow), "left_anti").count());
  }

  @Test
  void anIntervalMayStopAtTheLargestNumber() {
    Dataset<Row> toTheEnd =
        bed(List.of(RowFactory.create(middle.getString(0), middle.getInt(1), 0, 1)))
            .selectExpr("chrom", "start", Long.MAX_VALUE + "L as stop");
    Dataset<Row> beforeTheStart =
        toTheEnd.selectExpr("chrom", Long.MIN_VALUE + 1 + "L - 1 as start", "start as stop");
    for (boolean zeroBased : new boolean[] {true, false}) {
      for (boolean halfOpen : new boolean[] {true, false}) {
        IntervalOptions options = IntervalOptions.bed().withCoordinates(zeroBased, halfOpen);
        int start = middle.getInt(1) + (zeroBased ? 1 : 0);
        for (Path data : List.of(bam, arrow)) {
          Dataset<Row> reads = reads(data).filter(col("rname").equalTo(middle.getString(0)));
          assertEquals(
              reads.filter(col("end").geq(start)).count(),
              IntervalJoin.of(toTheEnd, options).join(reads(data), "left_semi").count());
          assertEquals(
              reads.filter(col("pos").leq(start - (halfOpen ? 1 : 0))).count(),
              IntervalJoin.of(beforeTheStart, options).join(reads(data), "left_semi").count());
        }
        String back =
            error(toTheEnd.selectExpr("chrom", "stop as start", "start as stop"), options);
        assertTrue(back.startsWith("interval 0 stops before it starts: "), back);
      }
    }
  }

  private static String error(Dataset<Row> intervals, IntervalOptions options) {
    return assertThrows(IllegalArgumentException.class, () -> IntervalJoin.of(intervals, options))
        .getMessage();
  }

  @Test
  void whatCannotBeJoinedIsAnError() {
    IntervalOptions options = IntervalOptions.bed();
    String many = error(atTheMiddle(), options.withLimits(1, 256));
    assertTrue(many.startsWith("there are more than 1 intervals"), many);
    String text = error(atTheMiddle().selectExpr("chrom", "string(start)", "stop"), options);
    assertTrue(text.contains("column start of the intervals is of type STRING"), text);
    String back = error(bed(List.of(RowFactory.create("chr1", 10, 9, 0))), options);
    assertEquals("interval 0 stops before it starts: chr1 10 9", back);
    IntervalJoin join = IntervalJoin.of(atTheMiddle());
    assertThrows(IllegalArgumentException.class, () -> join.join(reads(bam), "full"));
  }

  @Test
  void theCorpusGivesSparksOwnJoins() throws IOException {
    Random random = new Random(14);
    int joined = 0;
    for (Map.Entry<Path, Long> each : Corpus.counts().entrySet()) {
      if (each.getValue() < 50 || each.getValue() > 5_000 || random.nextInt(8) > 0) {
        continue;
      }
      List<Row> positions = positions(each.getKey());
      if (positions.isEmpty()) {
        continue;
      }
      Dataset<Row> bed = bed(random(random, positions, 12));
      Path converted = converted(each.getKey(), folder.resolve("corpus.arrow"));
      for (Path data : List.of(each.getKey(), converted)) {
        Dataset<Row> plain = reads(data, "pushdown", "false");
        assertEquals(
            sorted(sparks(plain, bed, OVERLAP, "inner")),
            sorted(IntervalJoin.of(bed).join(reads(data), "inner")),
            data.toString());
        joined++;
      }
      Files.delete(converted);
    }
    assertTrue(joined > 4, joined + " joins");
  }
}
