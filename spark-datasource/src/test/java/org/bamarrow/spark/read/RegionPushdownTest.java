package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongUnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.bamarrow.io.VirtualOffset;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.spark.files.Indexes;
import org.bamarrow.spark.files.PartsFileSystem;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An index saves reading and never chooses rows. */
class RegionPushdownTest {
  private static final int RECORDS = 40_000;

  private static final List<String> REGIONS =
      List.of(
          "rname = 'chr2'",
          "rname = 'chr1' and pos >= 20000 and pos < 20500",
          "rname = 'chr1' and end > 20000 and pos <= 20010",
          "rname in ('chr3', 'chr1', 'no such') and pos between 100 and 5000",
          "(rname = 'chr1' and pos < 3000) or (rname = 'chr3' and end >= 12000) or rname is null",
          "rname is null",
          "rname = 'chr1' and pos is null",
          "not (rname <> 'chr2' or pos > 9000)",
          "pos < 500",
          "rname like 'chr1%' and flag & 16 = 16",
          "rname = 'no such'");

  @TempDir static Path folder;
  private static Path bam;

  @BeforeAll
  static void make() throws IOException {
    bam = Bams.synth(folder.resolve("indexed.bam"), SynthProfile.SHORT, RECORDS);
    Indexes.bai(bam, folder.resolve("indexed.bam.bai"));
  }

  private static Path copy(String name) throws IOException {
    return Files.copy(bam, folder.resolve(name));
  }

  private static Dataset<Row> read(Path file, String... options) {
    return LocalSpark.read(file, options).filter("rname = 'chr2'").select("qname", "pos");
  }

  private static long blocks(Dataset<Row> query) {
    query.collectAsList();
    return Plans.metric(query, "blocks");
  }

  @Test
  void regionsOfAnyShapeGiveTheSameAlongTheIndexAndWithout() {
    Expected expected = new Expected(bam, REGIONS);
    expected.assertSame(bam);
    expected.assertSame(bam, "index", "off");
    expected.assertSame(bam, "splitBytes", "64K");
    expected.assertSame(bam, "index", bam + ".bai", "splitting", "index");
  }

  @Test
  void onlyTheRegionsBlocksAreRead() {
    long all = blocks(read(bam, "index", "off"));
    assertTrue(all > 100, () -> all + " blocks");
    assertTrue(blocks(read(bam)) < all / 2);
    Dataset<Row> small =
        LocalSpark.read(bam)
            .filter("rname = 'chr1' and pos >= 20000 and pos < 20100")
            .select("qname");
    assertTrue(blocks(small) < all / 10, () -> "blocks " + Plans.metric(small, "blocks"));
    assertTrue(Plans.metric(small, "records") < RECORDS / 10);
    Dataset<Row> none = LocalSpark.read(bam).filter("rname = 'no such'").select("qname");
    assertEquals(0, blocks(none));
    Dataset<Row> unplaced = LocalSpark.read(bam).filter("rname is null").selectExpr("count(*)");
    assertTrue(blocks(unplaced) < all / 2);
  }

  /** Which was 1: the partitions were as large as if all files were opened. */
  @Test
  void filesThatTheirIndexesLeaveOutDoNotMakePartitionsLarger() throws IOException {
    Path many = Files.createDirectory(folder.resolve("many"));
    Files.copy(bam, many.resolve("reads.bam"));
    Indexes.bai(bam, many.resolve("reads.bam.bai"));
    for (int i = 0; i < 20; i++) {
      Path other = Bams.headerOnly(many.resolve(i + ".bam"), new byte[0], "chr99", "1000");
      Indexes.bai(other, many.resolve(i + ".bam.bai"));
    }
    Dataset<Row> some = read(many, "openCostInBytes", "50000");
    assertEquals(read(bam, "index", "off").count(), some.count());
    assertTrue(some.rdd().getNumPartitions() > 1);
  }

  @Test
  void theRangesReadAreCounted() {
    String two = "(rname = 'chr1' and pos < 600) or rname is null";
    Dataset<Row> regions = LocalSpark.read(bam).filter(two).select("pos");
    regions.collectAsList();
    assertEquals(2, Plans.metric(regions, "indexRanges"));
    Dataset<Row> counted = LocalSpark.read(bam).filter(two).selectExpr("count(*)");
    counted.collectAsList();
    assertEquals(2, Plans.metric(counted, "indexRanges"));
    Dataset<Row> without = LocalSpark.read(bam, "index", "off").filter(two).select("pos");
    without.collectAsList();
    assertEquals(0, Plans.metric(without, "indexRanges"));
  }

  @Test
  void aForeignIndexIsNotUsed() throws IOException {
    Path other = copy("foreign.bam");
    Path small = Bams.synth(folder.resolve("small.bam"), SynthProfile.SHORT, 500);
    Indexes.bai(small, folder.resolve("foreign.bam.bai"));
    assertEquals(read(bam, "index", "off").collectAsList(), read(other).collectAsList());
    assertEquals(blocks(read(bam, "index", "off")), blocks(read(other)));
  }

  @Test
  void aDamagedIndexIsNotUsed() throws IOException {
    Path other = copy("damaged.bam");
    byte[] bytes = Files.readAllBytes(folder.resolve("indexed.bam.bai"));
    Files.write(folder.resolve("damaged.bam.bai"), java.util.Arrays.copyOf(bytes, 200));
    assertEquals(read(bam, "index", "off").collectAsList(), read(other).collectAsList());
  }

  @Test
  void recordsThatAnIndexCountsButDoesNotFindAreLookedForElsewhere() throws IOException {
    Path other = copy("counts.bam");
    byte[] bytes = Files.readAllBytes(folder.resolve("indexed.bam.bai"));
    ByteBuffer bai = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 8; at < bytes.length - 36; at++) {
      if (bai.getInt(at) == 37450 && bai.getInt(at + 4) == 2) {
        bai.putLong(at + 24, bai.getLong(at + 24) + 1); // one mapped record more a reference
      }
    }
    Files.write(folder.resolve("counts.bam.bai"), bytes);
    List<Row> expected = read(bam, "index", "off").collectAsList();
    Dataset<Row> query = read(other);
    assertEquals(expected, query.collectAsList());
    assertEquals(2, Plans.metric(query, "splits"));
    assertEquals(RECORDS, Plans.metric(query, "records"));
    assertEquals(expected.size(), LocalSpark.read(other).filter("rname = 'chr2'").count());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, -30})
  void whereAnIndexLetsRangesEndWithinARecordTheWholeFileIsRead(long by) throws IOException {
    byte[] bai = Files.readAllBytes(folder.resolve("indexed.bam.bai"));
    LongUnaryOperator moved =
        end -> VirtualOffset.within(end) < 100 ? end + Math.abs(by) : end + by;
    byte[] one = Indexes.changed(bai, 0, LongUnaryOperator.identity(), moved);
    byte[] several = Indexes.changed(one, 2, LongUnaryOperator.identity(), moved);
    for (byte[] wrong : List.of(one, several)) {
      assertWholeFileIsRead(wrong, "rname = 'chr1' and pos >= 5000 and pos < 5500", "1G");
      assertWholeFileIsRead(wrong, "rname in ('chr1', 'chr3')", "64K");
    }
  }

  @Test
  void whereAnIndexCutsRangesWithinARecordTheWholeFileIsRead() throws IOException {
    byte[] bai = Files.readAllBytes(folder.resolve("indexed.bam.bai"));
    AtomicLong first = new AtomicLong(Long.MAX_VALUE);
    LongUnaryOperator least = begin -> first.accumulateAndGet(begin, Math::min);
    Indexes.changed(bai, 1, least, LongUnaryOperator.identity());
    LongUnaryOperator moved = begin -> begin == first.get() ? begin : begin + 7;
    byte[] wrong = Indexes.changed(bai, 1, moved, LongUnaryOperator.identity());
    assertWholeFileIsRead(wrong, "rname = 'chr2'", "64K");
  }

  private static void assertWholeFileIsRead(byte[] bai, String region, String splitBytes)
      throws IOException {
    Path other = folder.resolve("wrong.bam");
    Files.copy(bam, other, StandardCopyOption.REPLACE_EXISTING);
    Files.write(folder.resolve("wrong.bam.bai"), bai);
    Dataset<Row> query =
        LocalSpark.read(other, "splitBytes", splitBytes).filter(region).select("_voffset");
    List<Row> expected =
        LocalSpark.read(bam, "index", "off").filter(region).select("_voffset").collectAsList();
    assertEquals(expected, query.collectAsList());
    assertEquals(RECORDS, Plans.metric(query, "records"), "each once");
    assertEquals(expected.size(), LocalSpark.read(other).filter(region).count());
  }

  @Test
  void aRangeThatTheFileHasNoMoreIsAnErrorThatNamesTheIndex() throws IOException {
    Path other = copy("changed.bam");
    Files.copy(folder.resolve("indexed.bam.bai"), folder.resolve("changed.bam.bai"));
    Dataset<Row> query = read(other);
    BamBatch batch = (BamBatch) Plans.scans(query).get(0).scan().toBatch();
    BamPartition planned = (BamPartition) batch.planInputPartitions()[0];
    FileSplit split = planned.splits().get(0);
    long[] bounds = split.ranges().bounds().clone();
    bounds[1] += 7;
    IndexedRanges moved = new IndexedRanges(split.ranges().index(), bounds, null, null);
    BamPartition wrong =
        new BamPartition(
            List.of(new FileSplit(split.file(), split.byteRange(), moved)), new String[0]);
    try (PartitionReader<ColumnarBatch> reader =
        batch.createReaderFactory().createColumnarReader(wrong)) {
      IOException error =
          assertThrows(
              IOException.class,
              () -> {
                while (reader.next()) {}
              });
      assertTrue(error.getMessage().contains("index=off"), error.getMessage());
    }
  }

  @Test
  void regionsComeThroughACsiToo() throws IOException {
    Path other = copy("csi.bam");
    byte[] bai = Files.readAllBytes(folder.resolve("indexed.bam.bai"));
    Files.write(folder.resolve("csi.bam.csi"), Indexes.csi(bai));
    new Expected(bam, REGIONS).assertSame(other);
    assertTrue(blocks(read(other)) < blocks(read(bam, "index", "off")) / 2);
  }

  @Test
  void anIndexIsReadFromWhereTheBamLies() throws IOException {
    Path lonely = copy("lonely.bam");
    String impl = PartsFileSystem.class.getName();
    for (String index : List.of("auto", "parts:" + bam + ".bai")) {
      Path file = index.equals("auto") ? bam : lonely;
      Dataset<Row> query =
          LocalSpark.read("parts:" + file, "fs.parts.impl", impl, "index", index)
              .filter("rname = 'chr2'")
              .select("qname", "pos");
      assertEquals(blocks(read(bam)), blocks(query));
      assertEquals(read(bam).collectAsList(), query.collectAsList());
    }
    Dataset<Row> none = LocalSpark.read("parts:" + lonely, "fs.parts.impl", impl);
    assertEquals(
        blocks(read(bam, "index", "off")),
        blocks(none.filter("rname = 'chr2'").select("qname", "pos")));
  }

  @Test
  void anIndexThatIsNamedMustBeThere() {
    assertThrows(Exception.class, () -> read(bam, "index", bam + ".nothing").collectAsList());
  }

  @Test
  void splitsAlongAnIndexAreTheWholeFile() {
    List<Row> whole = LocalSpark.read(bam).select("_voffset").collectAsList();
    for (String bytes : List.of("64K", "300K", "1G")) {
      Dataset<Row> split =
          LocalSpark.read(bam, "splitting", "index", "splitBytes", bytes).select("_voffset");
      assertEquals(whole, split.collectAsList(), bytes);
      assertEquals(bytes.equals("1G"), split.javaRDD().getNumPartitions() == 1);
    }
  }
}
