package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.bamarrow.BamToArrow;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.BatchOptions;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;
import org.bamarrow.parts.PartSize;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.spark.files.PartsFileSystem;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver plans splits for the record batches that a condition needs. */
class ArrowPlanningTest {
  private static final int RECORDS = 20_000;
  private static final int PARTS = 5;
  private static final String WITHOUT_PUSHDOWN = "false";

  @TempDir static Path folder;
  private static Path bam;
  private static Path file;
  private static Path parts;
  private static String region;
  private static ConvertOptions options;

  @BeforeAll
  static void make() throws IOException {
    bam = Bams.synth(folder.resolve("sorted.bam"), SynthProfile.SHORT, RECORDS);
    List<String> columns = new ArrayList<>(ColumnOptions.CORE);
    columns.add("voffset");
    options =
        ConvertOptions.defaults()
            .withColumns(ColumnOptions.defaults().withNames(columns))
            .withBatches(BatchOptions.defaults().withRows(200));
    file = convert("sorted.arrow", options);
    parts = parts("parts");
    Row place =
        LocalSpark.read(file)
            .select("rname", "pos")
            .filter("pos is not null")
            .collectAsList()
            .get(RECORDS / 2);
    region =
        String.format(
            "rname = '%s' and pos <= %d and end >= %d",
            place.getString(0), place.getInt(1) + 100, place.getInt(1));
  }

  private static Path convert(String name, ConvertOptions with) throws IOException {
    Path out = folder.resolve(name);
    BamToArrow.convert(
        List.of(bam.toString()),
        out.toString(),
        with.withOutput(with.output().withForce(true)),
        Progress.NONE);
    return out;
  }

  private static Path parts(String name) throws IOException {
    Path out = folder.resolve(name);
    BamToParts.convert(
        List.of(bam.toString()),
        new LocalPartStore(out.toString(), true),
        options,
        PartSize.count(PARTS),
        Progress.NONE);
    return out;
  }

  private static List<FileSplit> splits(Dataset<Row> query) {
    Batch batch = Plans.scans(query).get(0).scan().toBatch();
    List<FileSplit> splits = new ArrayList<>();
    for (InputPartition partition : batch.planInputPartitions()) {
      splits.addAll(((BamPartition) partition).splits());
    }
    return splits;
  }

  private static List<Long> offsets(Dataset<Row> query) {
    return query.select("voffset").collectAsList().stream()
        .map(row -> row.getLong(0))
        .sorted()
        .toList();
  }

  private static List<Long> filtered(Path data, String condition, String... with) {
    return offsets(LocalSpark.read(data, with).filter(condition));
  }

  @Test
  void onlyBatchesThatAConditionNeedsHaveASplit() {
    for (Path data : List.of(file, parts)) {
      List<FileSplit> region = splits(LocalSpark.read(data).filter(ArrowPlanningTest.region));
      assertEquals(1, region.size(), region.toString());
      assertTrue(region.get(0).length() < file.toFile().length() / 20);
      assertEquals(region.get(0).length(), region.get(0).byteRange().length());
      assertEquals(List.of(), splits(LocalSpark.read(data).filter("rname = 'chr99'")));
      assertEquals(List.of(), filtered(data, "rname = 'chr99'"));
    }
  }

  @Test
  void whatIsLeftOutIsCounted() {
    Dataset<Row> none = LocalSpark.read(parts).filter("rname = 'chr99'");
    none.collectAsList();
    assertEquals(PARTS, Plans.metric(none, "filesLeftOut"));
    assertTrue(Plans.metric(none, "batchesLeftOut") >= RECORDS / 200);
    assertEquals(0, Plans.metric(none, "splits"));
    Dataset<Row> some = LocalSpark.read(parts).filter(region);
    some.collectAsList();
    assertEquals(PARTS - 1, Plans.metric(some, "filesLeftOut"));
    assertEquals(1, Plans.metric(some, "splits"));
  }

  @Test
  void scatteredBatchesInSmallSplitsGiveTheSameRows() {
    String scattered = "pos % 7 = 0 and (" + region + " or rname = 'chr2' or pos < 3000)";
    for (Path data : List.of(file, parts)) {
      List<Long> all = filtered(data, scattered, "pushdown", WITHOUT_PUSHDOWN);
      for (String bytes : new String[] {"1", "20000", "100000", "1g"}) {
        assertEquals(all, filtered(data, scattered, "splitBytes", bytes), data + " " + bytes);
      }
      assertEquals(all, filtered(data, scattered, "splitting", "file"));
      assertTrue(
          splits(LocalSpark.read(data, "splitBytes", "1").filter(scattered)).size()
              > splits(LocalSpark.read(data, "splitBytes", "1g").filter(scattered)).size());
    }
  }

  @Test
  void metadataTellTheBytesOfTheSplit() {
    FileSplit split = splits(LocalSpark.read(file).filter(region)).get(0);
    Row row =
        LocalSpark.read(file)
            .filter(region)
            .selectExpr("_metadata.file_block_start", "_metadata.file_block_length", "qname")
            .head();
    assertEquals(split.byteRange().begin(), row.getLong(0));
    assertEquals(split.byteRange().length(), row.getLong(1));
  }

  @Test
  void tablesOfDirectoriesThatAreMissingDamagedOrOldCostNoRow() throws IOException {
    List<Long> all = filtered(parts, region, "pushdown", WITHOUT_PUSHDOWN);
    Path table = parts.resolve(PartNames.BATCHES);
    byte[] whole = Files.readAllBytes(table);
    Path other = parts("others").resolve(PartNames.BATCHES);
    byte[] damaged = whole.clone();
    Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 1000, (byte) 3);
    try {
      for (byte[] bytes : List.of(Files.readAllBytes(other), damaged, new byte[] {1, 2, 3})) {
        Files.write(table, bytes);
        assertEquals(all, filtered(parts, region));
      }
      Files.delete(table);
      Dataset<Row> query = LocalSpark.read(parts).filter(region);
      assertEquals(all, offsets(query));
      assertEquals(1, splits(query).size());
    } finally {
      Files.write(table, whole);
    }
  }

  @Test
  void withoutThatTableThePartsThatTheManifestRulesOutAreNotOpened() throws IOException {
    List<Long> all = filtered(parts, region, "pushdown", WITHOUT_PUSHDOWN);
    Path some = parts("some");
    Files.delete(some.resolve(PartNames.BATCHES));
    int cleared = 0;
    for (Part part : Manifest.read(new LocalPartStore(some.toString(), false)).parts()) {
      Path file = some.resolve(part.name());
      List<Long> rows = filtered(file, region);
      if (rows.isEmpty()) {
        Files.write(file, new byte[(int) part.bytes()]);
        cleared++;
      }
    }
    assertEquals(PARTS - 1, cleared);
    Dataset<Row> query = LocalSpark.read(some).filter(region);
    assertEquals(all, offsets(query));
    query.collectAsList();
    assertEquals(PARTS - 1, Plans.metric(query, "filesLeftOut"));
  }

  @Test
  void aFileThatChangesAfterPlanningIsAnError() throws IOException {
    Path changing = folder.resolve("changing.arrow");
    for (ConvertOptions other :
        List.of(
            options.withBatches(BatchOptions.defaults().withRows(300)),
            options.withColumns(ColumnOptions.defaults().withNames(List.of("voffset", "pos"))))) {
      Files.copy(file, changing);
      Dataset<Row> query = LocalSpark.read(changing).filter(region).select("voffset");
      assertTrue(query.collectAsList().size() > 0);
      convert("changing.arrow", other);
      Exception error = assertThrows(Exception.class, query::collectAsList);
      assertTrue(error.toString().contains("has changed since"), error.toString());
      Files.delete(changing);
    }
  }

  @Test
  void requestsAndBytesOfARegionDoNotGrowWithTheFile() throws IOException {
    long[] small = requests(file);
    Path larger = folder.resolve("larger.arrow");
    BamToArrow.convert(
        List.of(
            Bams.synth(folder.resolve("larger.bam"), SynthProfile.SHORT, 4 * RECORDS).toString()),
        larger.toString(),
        options,
        Progress.NONE);
    long[] large = requests(larger);
    assertTrue(large[0] <= small[0] + 1, Arrays.toString(small) + Arrays.toString(large));
    // of the zone map and the locations of the batches, in pages that end with a small file
    long more = 3 * RECORDS / 200 * 1_200L + 2 * (256 << 10);
    assertTrue(more < larger.toFile().length() / 10, larger.toFile().length() + " bytes");
    assertTrue(large[1] <= small[1] + more, Arrays.toString(small) + Arrays.toString(large));
    assertTrue(small[0] <= 12, small[0] + " requests");
  }

  /** The number of reads, and of their bytes, for a region of a remote file. */
  private static long[] requests(Path of) {
    String[] remote = {"fs.parts.impl", PartsFileSystem.class.getName()};
    Row place = LocalSpark.read(of).select("rname", "pos").filter("pos > 2000").head();
    String here = String.format("rname = '%s' and pos = %d", place.getString(0), place.getInt(1));
    Dataset<Row> query =
        LocalSpark.read("parts://" + of, remote).filter(here).select("rname", "pos", "qname");
    int partitions = splits(query).size();
    assertTrue(partitions <= 2, partitions + " partitions");
    long reads = PartsFileSystem.reads();
    long bytes = PartsFileSystem.bytesRead();
    assertTrue(query.collectAsList().size() > 0);
    return new long[] {PartsFileSystem.reads() - reads, PartsFileSystem.bytesRead() - bytes};
  }

  @Test
  void severalFilesAreLookedUp() throws IOException {
    Path many = Files.createDirectory(folder.resolve("many"));
    for (int i = 0; i < 4; i++) {
      Files.copy(file, many.resolve(i + ".arrow"));
    }
    Files.copy(convertStream(), many.resolve("stream.arrow"));
    Dataset<Row> query = LocalSpark.read(many).filter(region);
    List<Long> one = filtered(file, region, "pushdown", WITHOUT_PUSHDOWN);
    List<Long> five = Stream.of(one, one, one, one, one).flatMap(List::stream).sorted().toList();
    assertEquals(five, offsets(query));
    assertTrue(splits(query).size() <= 4 + 4, splits(query).toString());
  }

  private static Path convertStream() throws IOException {
    return convert(
        "stream.arrows",
        options.withOutput(options.output().withFormat(org.bamarrow.convert.Format.STREAM)));
  }
}
