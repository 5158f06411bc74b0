package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.spark.files.SyntheticFileSystem;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the driver asks of the storage until all partitions are planned: counted, not timed. */
class PlanningTest {
  private static final long GIGABYTE = 1L << 30;
  private static final long TERABYTE = 1L << 40;
  private static final int PAGE = 256 << 10;

  @TempDir static Path folder;
  private static Path bam;

  @BeforeAll
  static void makeBam() {
    bam = Bams.synth(folder.resolve("in.bam"), SynthProfile.SHORT, 5_000);
  }

  private static Dataset<Row> read(String path, String... options) {
    return LocalSpark.reader(options)
        .option("fs.madeup.impl", SyntheticFileSystem.class.getName())
        .load(path);
  }

  private record Asked(int partitions, int opens, int located, long bytes) {
    static Asked of(Dataset<Row> read) {
      int partitions = read.rdd().getNumPartitions();
      return new Asked(
          partitions,
          SyntheticFileSystem.opens(),
          SyntheticFileSystem.located(),
          SyntheticFileSystem.bytesRead());
    }
  }

  private static Asked oneFile(long bytes, String... options) throws IOException {
    SyntheticFileSystem.make(bam, 1, bytes, 0);
    return Asked.of(read(SyntheticFileSystem.file(0), options));
  }

  @Test
  void aTerabyteAsksForNoMoreThanAGigabyte() throws IOException {
    Asked small = oneFile(GIGABYTE, "splits", "4", "tags", "NM:i");
    Asked large = oneFile(TERABYTE, "splits", "4", "tags", "NM:i");
    assertEquals(small, large);
    assertEquals(2, large.opens(), "one look at what it is, one at the header");
    assertEquals(1, large.located());
    assertTrue(large.bytes() <= 2 * PAGE, large.toString());
  }

  @Test
  void samplesOfTagsAreAsManyOfATerabyte() throws IOException {
    for (long size : new long[] {GIGABYTE, TERABYTE}) {
      Asked asked = oneFile(size);
      assertEquals(2, asked.opens());
      // the header, the first records, 40 places; a page each, or two where the first was too short
      assertTrue(asked.bytes() <= 2 * 42 * PAGE, asked.toString());
    }
  }

  @Test
  void aTerabyteIsCutAsAsked() throws IOException {
    String[] none = {"tags", "none"};
    assertEquals(TERABYTE / (128 << 20), oneFile(TERABYTE, none).partitions(), 2);
    assertEquals(1_000, oneFile(TERABYTE, "tags", "none", "splits", "1000").partitions());
    assertEquals(1_024, oneFile(TERABYTE, "tags", "none", "splitBytes", "1G").partitions(), 1);
  }

  @Test
  void eachOfAThousandFilesIsOpenedOnceManyAtATime() throws IOException {
    SyntheticFileSystem.make(bam, 1_000, 0, 8);
    Asked asked = Asked.of(read(SyntheticFileSystem.FOLDER));
    assertEquals(1_001, asked.opens(), "and the first once more, to see what the files are");
    assertTrue(asked.bytes() <= 1_001 * Math.min(2 * PAGE, 2 * SyntheticFileSystem.length()));
    assertTrue(asked.partitions() < 50, asked.toString());
  }

  @Test
  void nothingIsOpenedAgainForRowsOfAKnownSchema() throws IOException {
    SyntheticFileSystem.make(bam, 1_000, 0, 0);
    Dataset<Row> read = read(SyntheticFileSystem.FOLDER, "tags", "none");
    int opened = SyntheticFileSystem.opens();
    read.filter("mapq > 10").select("qname").rdd().getNumPartitions();
    read.groupBy("rname").count().queryExecution().executedPlan();
    assertEquals(opened, SyntheticFileSystem.opens());
  }

  @Test
  void tenThousandTinyFilesAreAFewHundredTasks() throws IOException {
    SyntheticFileSystem.make(bam, 10_000, 0, 0);
    Dataset<Row> read =
        LocalSpark.reader()
            .schema("qname STRING, mapq INT")
            .option("fs.madeup.impl", SyntheticFileSystem.class.getName())
            .load(SyntheticFileSystem.FOLDER);
    Asked asked = Asked.of(read);
    long withCosts = 10_000 * (SyntheticFileSystem.length() + (4 << 20));
    long full = withCosts / (128 << 20);
    assertTrue(asked.partitions() <= full * 11 / 10, asked + ", of " + full + " full ones");
    assertTrue(asked.partitions() >= full, "no partition is larger than asked: " + asked);
    assertEquals(1, asked.opens(), "with a schema given, only to see what the files are");
  }
}
