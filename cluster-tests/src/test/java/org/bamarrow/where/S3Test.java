package org.bamarrow.where;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BAMs on an S3 server, which s3a reaches. */
class S3Test {
  private static final int RECORDS = 20_000;

  @TempDir static Path folder;
  private static S3Server server;
  private static FileSystem s3;
  private static Path local;

  @BeforeAll
  static void start() throws IOException {
    server = new S3Server(folder, "partNumber=2");
    server.createBucket("reads");
    Configuration settings = new Configuration();
    server.settings().forEach(settings::set);
    s3 = FileSystem.newInstance(URI.create("s3a://reads/"), settings);
    local = Reads.synth(folder.resolve("reads.bam"), RECORDS);
    s3.copyFromLocalFile(hadoop(local.toUri().toString()), hadoop("s3a://reads/run/reads.bam"));
  }

  @AfterAll
  static void end() throws IOException {
    try (S3Server ended = server;
        FileSystem closed = s3) {
      assertTrue(closed == s3 && ended == server);
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

  @Test
  void aFileIsReadInFewLargeRequests() throws IOException {
    server.newRequests();
    List<Row> rows =
        Reads.of("s3a://reads/run/reads.bam", options("splitting", "file")).collectAsList();
    assertEquals(RECORDS, rows.size());
    List<String> requests = server.newRequests();
    requests.forEach(System.out::println);
    System.out.println(Files.size(local));
  }
}
