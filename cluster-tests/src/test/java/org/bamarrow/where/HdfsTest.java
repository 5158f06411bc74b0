package org.bamarrow.where;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.rdd.RDD;
import org.apache.spark.scheduler.TaskLocation;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** BAMs on an HDFS of three data nodes, each over many of its blocks. */
@Tag("machines")
class HdfsTest {
  private static final int RECORDS = 20_000;
  private static final int BLOCK_BYTES = 64 << 10;
  private static final Set<String> HOSTS = Set.of("node1", "node2", "node3");

  /** So that a task reads many times, and many blocks. */
  private static final Map<String, String> SMALL =
      Map.of("splitBytes", "256K", "readAheadBytes", "64K");

  @TempDir static Path folder;
  private static MiniDFSCluster cluster;
  private static Path local;
  private static String remote;

  @BeforeAll
  static void start() throws IOException {
    Configuration settings = new Configuration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    settings.setInt("dfs.namenode.fs-limits.min-block-size", 1024);
    settings.setInt("dfs.blocksize", BLOCK_BYTES);
    settings.setInt("dfs.replication", 2);
    cluster =
        new MiniDFSCluster.Builder(settings)
            .numDataNodes(HOSTS.size())
            .hosts(HOSTS.stream().sorted().toArray(String[]::new))
            .build();
    cluster.waitActive();
    local = Reads.synth(folder.resolve("reads.bam"), RECORDS);
    DistributedFileSystem hdfs = cluster.getFileSystem();
    hdfs.copyFromLocalFile(hadoop(local.toUri().toString()), hadoop("/run/reads.bam"));
    remote = hdfs.getUri() + "/run";
  }

  @AfterAll
  static void end() {
    if (cluster != null) {
      cluster.shutdown();
    }
  }

  private static org.apache.hadoop.fs.Path hadoop(String path) {
    return new org.apache.hadoop.fs.Path(path);
  }

  @Test
  void givesTheRowsOfTheLocalFile() throws IOException {
    assertTrue(locations().length > 10, "blocks: " + locations().length);
    Reads.assertSameRowsAndSums(Reads.ofLocal(local), Reads.of(remote, Map.of()));
    Reads.assertSameRowsAndSums(Reads.ofLocal(local), Reads.of(remote, SMALL));
  }

  @Test
  void tasksPreferTheHostsThatHoldTheirBytes() throws IOException {
    RDD<Row> rows = Reads.of(remote, Map.of("splitBytes", "64K")).rdd();
    BlockLocation[] blocks = locations();
    Set<String> preferred = new HashSet<>();
    for (int i = 0; i < rows.getNumPartitions(); i++) {
      Set<String> hosts =
          CollectionConverters.asJava(Reads.SESSION.sparkContext().getPreferredLocs(rows, i))
              .stream()
              .map(TaskLocation::host)
              .collect(Collectors.toSet());
      List<String> holders = List.of(blocks[i].getHosts());
      assertTrue(hosts.containsAll(holders), i + ": of " + holders + " only " + hosts);
      preferred.addAll(hosts);
    }
    assertEquals(HOSTS, preferred);
  }

  private static BlockLocation[] locations() throws IOException {
    FileSystem hdfs = cluster.getFileSystem();
    return hdfs.getFileBlockLocations(hadoop("/run/reads.bam"), 0, Long.MAX_VALUE);
  }

  @Test
  void aDataNodeThatStopsInTheMiddleOfAScanLosesAndDoublesNothing() throws IOException {
    List<Row> expected = Reads.ofLocal(local).collectAsList();
    StopsADataNode.rowsLeft.set(RECORDS / 5);
    try {
      Dataset<Row> reads = Reads.of(remote, SMALL).filter(new StopsADataNode());
      assertEquals(expected, reads.collectAsList());
      assertEquals(HOSTS.size() - 1, cluster.getDataNodes().size());
    } finally {
      StopsADataNode.restart();
    }
  }

  @Test
  void aDataNodeThatStopsInTheMiddleOfAConversionLeavesAWholeDirectoryAndOrphanFilesAreCleaned()
      throws Exception {
    Reads.requirePackedJar();
    DistributedFileSystem hdfs = cluster.getFileSystem();
    Map<String, String> settings =
        Map.of("dfs.replication", "2", "dfs.blocksize", String.valueOf(BLOCK_BYTES));
    String out = hdfs.getUri() + "/parts";
    MiniDFSCluster.DataNodeProperties stopped;
    try (LocalJob job =
        LocalJob.start(
            folder.resolve("job.log"),
            settings,
            "--part-size",
            "64K",
            remote + "/reads.bam",
            out + "/")) {
      while (job.process().isAlive() && files(hdfs, out) < 5) {
        Thread.sleep(10);
      }
      stopped = cluster.stopDataNode(0);
      assertFalse(hdfs.exists(hadoop(out + "/_manifest.json")), "not in the middle");
      job.await();
    }
    try {
      LocalJob.leaveAndClean(folder.resolve("clean.log"), settings, hdfs, out);
      Reads.assertSameRowsAndSums(Reads.ofLocal(local), Reads.ofParts(out, Map.of()));
    } finally {
      cluster.restartDataNode(stopped, true);
      cluster.waitActive();
    }
  }

  private static int files(FileSystem hdfs, String directory) throws IOException {
    return hdfs.exists(hadoop(directory)) ? hdfs.listStatus(hadoop(directory)).length : 0;
  }

  @Test
  void aDataFrameIsWrittenAndReadBack() {
    String out = cluster.getURI() + "/written";
    Dataset<Row> reads = Reads.of(remote, SMALL);
    reads.write().format("bamarrow").mode("append").save(out);
    Reads.assertSameRowsAndSums(Reads.ofLocal(local), Reads.ofParts(out, Map.of()));
  }

  /** All rows; stops a data node once so many have passed it. */
  private static final class StopsADataNode implements FilterFunction<Row> {
    private static final long serialVersionUID = 1L;
    private static final AtomicInteger rowsLeft = new AtomicInteger();
    private static MiniDFSCluster.DataNodeProperties stopped;

    @Override
    public boolean call(Row row) {
      if (rowsLeft.decrementAndGet() == 0) {
        stopped = cluster.stopDataNode(0);
      }
      return true;
    }

    static void restart() throws IOException {
      if (stopped != null) {
        cluster.restartDataNode(stopped, true);
        cluster.waitActive();
      }
    }
  }
}
