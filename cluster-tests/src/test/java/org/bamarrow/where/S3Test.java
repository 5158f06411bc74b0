package org.bamarrow.where;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BAMs on an S3 server, which s3a reaches. */
@Tag("machines")
class S3Test {
  private static final int RECORDS = 20_000;

  @TempDir static Path folder;
  private static S3Server server;
  private static FileSystem s3;
  private static Path local;
  private static Path large;

  @BeforeAll
  static void start() throws IOException {
    server = new S3Server(folder, "partNumber=2");
    server.createBucket("reads");
    Configuration settings = new Configuration();
    server.settings().forEach(settings::set);
    s3 = FileSystem.newInstance(URI.create("s3a://reads/"), settings);
    local = Reads.synth(folder.resolve("reads.bam"), RECORDS);
    s3.copyFromLocalFile(hadoop(local.toUri().toString()), hadoop("s3a://reads/run/reads.bam"));
    large = Reads.synth(folder.resolve("large.bam"), 160_000);
    s3.copyFromLocalFile(hadoop(large.toUri().toString()), hadoop("s3a://reads/large.bam"));
  }

  @AfterAll
  static void end() throws IOException {
    if (s3 != null) {
      s3.close();
    }
    if (server != null) {
      server.close();
    }
  }

  private static org.apache.hadoop.fs.Path hadoop(String path) {
    return new org.apache.hadoop.fs.Path(path);
  }

  private static Map<String, String> options(String... more) {
    Map<String, String> options = server.settings();
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return options;
  }

  @Test
  void givesTheRowsOfTheLocalFile() {
    Reads.assertSameRowsAndSums(Reads.ofLocal(local), Reads.of("s3a://reads/run", options()));
    Reads.assertSameRowsAndSums(
        Reads.ofLocal(local), Reads.of("s3a://reads/run/*.bam", options("splitBytes", "256K")));
  }

  /** First and last byte of each request of a scan of the one large file. */
  private static List<long[]> gets(String stream, String... more) {
    Map<String, String> options = options(more);
    options.put("tags", "none"); // sampling the tags is the driver's
    options.put("fs.s3a.input.stream.type", stream);
    options.put("fs.s3a.impl.disable.cache", "true"); // else the first choice stays
    server.newRequests();
    Reads.of("s3a://reads/large.bam", options).selectExpr("sum(mapq)").collectAsList();
    return server.newRequests().stream()
        .filter(request -> request.startsWith("GET /reads/large.bam"))
        .map(request -> request.replaceFirst(".* bytes=", "").split("-"))
        .map(range -> new long[] {Long.parseLong(range[0]), Long.parseLong(range[1])})
        .toList();
  }

  /** Both streams that s3a has: the default of Hadoop 3.5, and that of all versions before. */
  @ParameterizedTest
  @CsvSource({"classic, 0", "analytics, 4e6"})
  void aScanIsFewLargeRequests(String stream, double readsTooFar) throws IOException {
    long size = Files.size(large);
    assertRequests(gets(stream, "splitting", "file"), size, 5, 1e6);
    // Each split has its header and a proof of its end.
    assertRequests(gets(stream, "splits", "3"), size, 3 * 6, 3 * (1.5e6 + readsTooFar));
  }

  private static void assertRequests(List<long[]> gets, long size, int most, double excess) {
    String all = gets.stream().map(Arrays::toString).toList().toString();
    assertTrue(gets.size() <= most, all);
    long bytes = gets.stream().mapToLong(range -> range[1] + 1 - range[0]).sum();
    assertTrue(bytes >= size && bytes <= size + excess, bytes + " of " + size + ": " + all);
    for (long[] range : gets) {
      assertTrue(range[1] + 1 - range[0] >= 256 << 10 || range[1] + 1 == size, all);
    }
  }

  @Test
  void partsAreWrittenUnderTheirNamesAndTheManifestLast() throws IOException {
    Reads.requirePackedJar();
    server.newRequests();
    convert("whole.log", "s3a://reads/run/reads.bam", "--part-size", "256K", "s3a://reads/out/");
    List<String> requests = server.newRequests();
    assertTrue(requests.stream().noneMatch(r -> r.startsWith("COPY")), "renames: " + requests);
    List<String> puts =
        requests.stream().filter(r -> r.matches("PUT /reads/out/.*[^/] -")).toList();
    assertTrue(puts.size() > 3, puts.toString());
    assertTrue(puts.get(puts.size() - 2).contains("/_manifest.json"), puts.toString());
    assertTrue(puts.get(puts.size() - 1).contains("/_batches.arrow"), puts.toString());
    Reads.assertSameRowsAndSums(Reads.ofLocal(local), Reads.ofParts("s3a://reads/out", options()));
  }

  @Test
  void aWriterThatIsKilledLeavesNoPartTheNextRunIsWholeAndOrphanFilesAreCleaned()
      throws IOException {
    Reads.requirePackedJar();
    server.newRequests();
    server.hold();
    String[] arguments = {"--parts", "2", "s3a://reads/large.bam", "s3a://reads/killed/"};
    try (LocalJob job = LocalJob.start(folder.resolve("killed.log"), writing(), arguments)) {
      server.await("PUT .*partNumber=2.*");
    } finally {
      server.release();
    }
    assertEquals(
        List.of(),
        Arrays.stream(s3.listStatus(hadoop("s3a://reads/killed/")))
            .map(file -> file.getPath().getName())
            .toList());
    convert("again.log", arguments);
    LocalJob.leaveAndClean(folder.resolve("clean.log"), writing(), s3, "s3a://reads/killed");
    Reads.assertSameRowsAndSums(
        Reads.ofLocal(large), Reads.ofParts("s3a://reads/killed", options()));
  }

  @Test
  void aDataFrameIsWrittenAndReadBack() {
    Dataset<Row> reads = Reads.of("s3a://reads/run", options("splitBytes", "256K"));
    reads.write().format("bamarrow").options(options()).mode("append").save("s3a://reads/written");
    Reads.assertSameRowsAndSums(
        Reads.ofLocal(local), Reads.ofParts("s3a://reads/written", options()));
  }

  private static void convert(String log, String... arguments) throws IOException {
    try (LocalJob job = LocalJob.start(folder.resolve(log), writing(), arguments)) {
      job.await();
    }
  }

  /** Uploads of more than one part from 5 MB on, which is the least that S3 allows. */
  private static Map<String, String> writing() {
    return options("fs.s3a.multipart.size", "5M", "fs.s3a.multipart.threshold", "5M");
  }
}
