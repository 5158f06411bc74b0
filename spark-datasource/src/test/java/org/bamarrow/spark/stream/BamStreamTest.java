package org.bamarrow.spark.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.streaming.Trigger;
import org.bamarrow.BamToArrow;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** BAMs that arrive in a folder are read once each, whatever happens in between. */
class BamStreamTest {
  @TempDir Path place;
  private Drops drops;

  @BeforeEach
  void makeFolder() throws IOException {
    drops = new Drops(place);
  }

  @Test
  void filesThatArriveBetweenTriggersAreReadOnce() throws Exception {
    drops.drop("a");
    StreamingQuery query = drops.start(drops.stream(), Trigger.ProcessingTime(0));
    query.processAllAvailable();
    drops.drop("b");
    drops.drop("c");
    query.processAllAvailable();
    query.processAllAvailable();
    query.stop();
    assertEquals(List.of("a", "b", "c"), drops.batches.stream().flatMap(List::stream).toList());
  }

  @Test
  void foldersOfPartitionColumnsGiveColumns() throws Exception {
    for (String folder : List.of("sample=1", "sample=02")) {
      Files.createDirectory(drops.folder.resolve(folder));
    }
    drops.drop("sample=1/a");
    List<Row> rows = new ArrayList<>();
    StreamingQuery query =
        drops.start(
            drops.stream().select("qname", "sample", "_metadata.file_name"),
            Trigger.ProcessingTime(0),
            (batch, id) -> rows.addAll(batch.collectAsList()));
    query.processAllAvailable();
    drops.drop("sample=02/b");
    query.processAllAvailable();
    assertEquals(
        List.of(
            RowFactory.create("sample=1/a", 1, "a.bam"),
            RowFactory.create("sample=02/b", 2, "b.bam")),
        rows);
    drops.drop("c");
    String message =
        assertThrows(StreamingQueryException.class, query::processAllAvailable).getMessage();
    assertTrue(message.contains("c.bam is not in a folder for the partition column"), message);
  }

  @Test
  void aBatchHasNoMoreFilesThanItMay() throws Exception {
    List.of("b", "a", "c").forEach(drops::drop);
    assertEquals(List.of(List.of("b", "a"), List.of("c")), drops.run("maxFilesPerTrigger", "2"));
  }

  @Test
  void theLatestFilesComeFirstIfWanted() throws Exception {
    List.of("b", "a", "c").forEach(drops::drop);
    assertEquals(
        List.of(List.of("c", "a"), List.of("b")),
        drops.run("maxFilesPerTrigger", "2", "latestFirst", "true"));
  }

  @Test
  void aQueryGoesOnWhereItEnded() throws Exception {
    drops.drop("a");
    assertEquals(List.of(List.of("a")), drops.run());
    assertEquals(List.of(), drops.run());
    drops.drop("b");
    assertEquals(List.of(List.of("b")), drops.run());
    drops.batches.clear();
    drops.drop("c");
    drops.start(drops.stream(), once()).awaitTermination();
    assertEquals(List.of(List.of("c")), drops.batches);
  }

  @SuppressWarnings("deprecation") // still in use
  private static Trigger once() {
    return Trigger.Once();
  }

  @Test
  void aBatchWhoseSinkFailedIsRunAgainAsItWas() throws Exception {
    drops.drop("a");
    drops.drop("b");
    Dataset<Row> stream = drops.stream("maxFilesPerTrigger", "2");
    StreamingQuery query =
        drops.start(
            stream,
            Trigger.AvailableNow(),
            (batch, id) -> {
              throw new IOException("the sink is full");
            });
    StreamingQueryException failed =
        assertThrows(StreamingQueryException.class, query::awaitTermination);
    assertTrue(failed.getMessage().contains("the sink is full"), failed.getMessage());
    drops.drop("c");
    assertEquals(List.of(List.of("a", "b"), List.of("c")), drops.run("latestFirst", "true"));
  }

  @Test
  void aFileThatIsBeingWrittenWaits() throws Exception {
    drops.drop("a");
    Path bam = drops.drop("b");
    byte[] whole = Files.readAllBytes(bam);
    Files.write(bam, new byte[0]);
    Files.write(drops.folder.resolve("reserved.bam"), new byte[500]);
    Files.write(drops.folder.resolve("a.bam.bai"), new byte[5]);
    Files.write(drops.folder.resolve(".b.bam.part"), new byte[5]);
    StreamingQuery query = drops.start(drops.stream(), Trigger.ProcessingTime(0));
    query.processAllAvailable();
    for (int part : new int[] {1, 3, 30, whole.length - 28, whole.length - 1}) {
      Files.write(bam, Arrays.copyOf(whole, part));
      query.processAllAvailable();
      assertEquals(List.of(List.of("a")), drops.batches, part + " bytes");
    }
    Files.write(bam, whole);
    query.processAllAvailable();
    query.stop();
    assertEquals(List.of(List.of("a"), List.of("b")), drops.batches);
  }

  @Test
  void whatNeverBecomesABamIsAnErrorWithItsName() throws Exception {
    drops.drop("a");
    Dataset<Row> stream = drops.stream();
    Files.write(drops.folder.resolve("z.bam"), "no BAM".getBytes(StandardCharsets.US_ASCII));
    String said = drops.failure(stream);
    assertTrue(said.contains("z.bam") && said.contains("not a BAM file"), said);
  }

  @Test
  void aFileThatChangedAfterItsBatchWasLoggedIsAnError() throws Exception {
    Path bam = drops.drop("a");
    Dataset<Row> stream = drops.stream();
    StreamingQuery query =
        drops.start(
            stream,
            Trigger.AvailableNow(),
            (batch, id) -> {
              throw new IOException("the sink is full");
            });
    assertThrows(StreamingQueryException.class, query::awaitTermination);
    byte[] marker =
        HexFormat.of().parseHex("1f8b08040000000000ff0600424302001b0003000000000000000000");
    Files.write(bam, marker, StandardOpenOption.APPEND);
    assertTrue(drops.failure(stream).contains("when its batch was logged"), drops.failure(stream));
    Files.delete(bam);
    assertTrue(drops.failure(stream).contains("no longer exists"), drops.failure(stream));
  }

  @Test
  void committedFilesAreDeletedIfWanted() throws Exception {
    List.of("a", "b", "c").forEach(drops::drop);
    drops.run("maxFilesPerTrigger", "1", "cleanSource", "delete");
    drops.drop("d");
    assertEquals(List.of(List.of("d")), drops.run("cleanSource", "delete"));
    assertEquals(List.of("d.bam"), drops.there(), "the last batch is cleaned by the next one");
  }

  @Test
  void committedFilesAreArchivedIfWanted() throws Exception {
    List.of("a", "b").forEach(drops::drop);
    Path archive = place.resolve("archive");
    String[] options = {
      "maxFilesPerTrigger", "1", "cleanSource", "archive", "sourceArchiveDir", archive.toString()
    };
    drops.run(options);
    assertEquals(List.of("b.bam"), drops.there());
    assertTrue(Files.exists(Path.of(archive + drops.folder.toString(), "a.bam")));
    assertTrue(
        drops
            .failure(drops.stream("cleanSource", "archive"))
            .contains("needs option sourceArchiveDir"));
    options[5] = drops.folder.resolve("done").toString();
    String said = drops.failure(drops.stream(options));
    assertTrue(said.contains("has to be outside of"), said);
  }

  @Test
  void referencesThatContradictEarlierFilesAreAnErrorAfterARestartToo() throws Exception {
    drops.move(Bams.headerOnly(place.resolve("x"), new byte[0], "chr1", "1000"), "x");
    drops.run();
    Path other = Bams.headerOnly(place.resolve("y"), new byte[0], "chr2", "5", "chr1", "1001");
    Dataset<Row> stream = drops.stream();
    drops.move(other, "y");
    for (int i = 0; i < 2; i++) {
      String said = drops.failure(stream);
      assertTrue(said.contains("y.bam: reference chr1 has 1001 bases here and 1000 in"), said);
    }
  }

  @Test
  void tagsThatTheSchemaLacksAreInOtherTags() throws Exception {
    drops.drop("a", "NMC\1");
    Dataset<Row> stream = drops.stream().selectExpr("tags.NM", "other_tags['CB'] qname");
    drops.drop("b", "CBZcell\0NMC\2");
    assertEquals(List.of(Arrays.asList(null, "Z:cell")), drops.run(stream));
  }

  @Test
  void anEmptyFolderNeedsASchema() throws Exception {
    String said = assertThrows(Exception.class, drops::stream).getMessage();
    assertTrue(said.contains("[PATH_NOT_FOUND]") && said.contains("no files in it"), said);
    assertTrue(said.contains("schema()"), said);
    Dataset<Row> stream =
        Drops.reader()
            .schema(
                "qname STRING, pos INT, tags STRUCT<NM: BIGINT>, other_tags MAP<STRING, STRING>")
            .load(drops.folder.toString());
    assertEquals(List.of(), drops.run(stream));
    drops.drop("a");
    assertEquals(List.of(List.of("a")), drops.run(stream));
    drops.drop("b");
    assertEquals(List.of(List.of()), drops.run(stream.filter("tags.NM = 2")));
    Path late = place.resolve("late");
    stream = Drops.reader().schema("qname STRING").load(late.toString());
    stream = stream.selectExpr("string(_voffset > 0) qname");
    Files.createDirectory(late);
    Files.copy(drops.folder.resolve("a.bam"), late.resolve("a.bam"));
    drops = new Drops(Files.createDirectory(place.resolve("other")));
    assertEquals(List.of(List.of("true")), drops.run(stream));
  }

  @Test
  void theSchemaIsInferredBesideAFileThatIsBeingWritten() throws Exception {
    drops.drop("b", "CBZcell\0");
    Path bam = drops.drop("a");
    byte[] whole = Files.readAllBytes(bam);
    Files.write(bam, Arrays.copyOf(whole, whole.length / 2));
    assertTrue(drops.stream().schema().apply("tags").dataType().sql().contains("CB"));
    assertEquals(List.of(List.of("b")), drops.run());
    for (int length : new int[] {0, 1, whole.length / 2}) {
      Files.write(bam, Arrays.copyOf(whole, length));
      String said =
          assertThrows(Exception.class, () -> LocalSpark.read(drops.folder).collect()).getMessage();
      assertTrue(said.contains("a.bam"), "a batch does not skip it: " + said);
    }
  }

  @Test
  void metadataColumnsAreThere() throws Exception {
    Path bam = drops.drop("a");
    Dataset<Row> stream =
        drops.stream()
            .selectExpr(
                "concat_ws(' ', qname, _file, input_file_name(), _voffset > 0, tags.NM) qname");
    String file = "file://" + bam;
    assertEquals(List.of(List.of("a " + file + " " + file + " true 1")), drops.run(stream));
    drops.drop("b");
    assertEquals(
        List.of(List.of("true")),
        drops.run(drops.stream().selectExpr("string(_voffset > 0) qname")));
  }

  @Test
  void theLogStaysSmall() throws Exception {
    for (int i = 10; i < 35; i++) {
      drops.drop("r" + i);
    }
    assertEquals(25, drops.run("maxFilesPerTrigger", "1").size());
    Path log = drops.checkpoint().resolve("sources/0");
    assertEquals(
        List.of(
            "batch-20.json",
            "batch-21.json",
            "batch-22.json",
            "batch-23.json",
            "batch-24.json",
            "upto-19.json"),
        Drops.names(log).stream().filter(name -> name.endsWith(".json")).toList());
    drops.drop("last");
    assertEquals(List.of(List.of("last")), drops.run());
    Files.move(log.resolve("batch-21.json"), log.resolve("away"));
    assertTrue(drops.failure(drops.stream()).contains("batch 21 is missing"));
    for (String name : Drops.names(log)) {
      Files.delete(log.resolve(name));
    }
    assertTrue(drops.failure(drops.stream()).contains("batch 25 is missing"));
  }

  @Test
  void aggregatesOfAStreamAreThoseOfTheFiles() throws Exception {
    drops.drop("a");
    drops.drop("b");
    StreamingQuery query =
        drops.stream("maxFilesPerTrigger", "1")
            .groupBy("rname")
            .count()
            .writeStream()
            .format("memory")
            .queryName("counts")
            .outputMode("complete")
            .start();
    query.processAllAvailable();
    query.stop();
    assertEquals("[[chr1,2]]", LocalSpark.sql("select * from counts").toString());
  }

  @Test
  void globsAndFoldersThatComeLaterAreRead() throws Exception {
    drops.drop("a");
    Dataset<Row> stream = Drops.reader("recursiveFileLookup", "true").load(place + "/{d*ps,later}");
    assertEquals(List.of(List.of("a")), drops.run(stream));
    Path inner = Files.createDirectories(place.resolve("later/inner"));
    Files.move(drops.drop("b"), inner.resolve("b.bam"));
    Files.createDirectories(drops.folder.resolve("c"));
    Files.move(drops.drop("c"), drops.folder.resolve("c/c.bam"));
    assertEquals(List.of(List.of("b", "c")), drops.run(stream));
  }

  @Test
  void whatAStreamCannotHaveIsRefused() throws Exception {
    drops.drop("a");
    assertTrue(
        drops.failure(drops.stream("allowMissingEof", "true")).contains("allowMissingEof cannot"));
    assertTrue(drops.failure(drops.stream("limit", "5")).contains("option limit"));
    String said =
        assertThrows(
                IllegalArgumentException.class,
                () -> LocalSpark.read(drops.folder, "latestFirst", "true").collect())
            .getMessage();
    assertTrue(said.contains("option latestFirst is for streams"), said);
    said = drops.failure(drops.stream("table", "header"));
    assertTrue(said.contains("a header table cannot be read as a stream"), said);
    Path arrow = Files.createDirectory(place.resolve("arrow")).resolve("a.arrow");
    BamToArrow.convert(
        List.of(drops.folder.resolve("a.bam").toString()),
        arrow.toString(),
        ConvertOptions.defaults(),
        Progress.NONE);
    said = drops.failure(Drops.reader().load(arrow.toString()));
    assertTrue(said.contains("only BAMs can be read as a stream"), said);
  }
}
