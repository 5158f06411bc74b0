package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.IntervalDayVector;
import org.apache.arrow.vector.IntervalMonthDayNanoVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.bamarrow.BamToArrow;
import org.bamarrow.BamToParts;
import org.bamarrow.convert.ConvertOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.parts.PartSize;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrow files, streams and directories that Spark did not write. */
class ArrowFilesTest {
  @TempDir Path folder;

  private interface Writing {
    ArrowWriter open(VectorSchemaRoot root, java.nio.channels.WritableByteChannel channel);
  }

  /** Three batches of the numbers from {@code first} on. */
  private Path write(String name, int first, Writing writing) throws IOException {
    Path file = folder.resolve(name);
    try (RootAllocator allocator = new RootAllocator();
        IntVector numbers = new IntVector("n", allocator);
        var out = Files.newOutputStream(file)) {
      VectorSchemaRoot root = VectorSchemaRoot.of(numbers);
      ArrowWriter writer = writing.open(root, Channels.newChannel(out));
      writer.start();
      for (int batch = 0; batch < 3; batch++) {
        for (int i = 0; i < 100; i++) {
          numbers.setSafe(i, first + batch * 100 + i);
        }
        root.setRowCount(100);
        writer.writeBatch();
      }
      writer.end();
    }
    return file;
  }

  private Path file(String name, int first) throws IOException {
    return write(name, first, (root, out) -> new ArrowFileWriter(root, null, out));
  }

  private Path stream(String name, int first) throws IOException {
    return write(name, first, (root, out) -> new ArrowStreamWriter(root, null, out));
  }

  private static List<Integer> numbers(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(row -> row.getInt(0)).toList();
  }

  private static List<Integer> range(int from, int to) {
    return java.util.stream.IntStream.range(from, to).boxed().toList();
  }

  private static String error(Path path, String... options) {
    return assertThrows(Exception.class, () -> LocalSpark.read(path, options).collectAsList())
        .getMessage();
  }

  @Test
  void filesAndStreamsAreToldByTheirContent() throws IOException {
    assertEquals(range(0, 300), numbers(LocalSpark.read(file("a.bam", 0))));
    assertEquals(range(0, 300), numbers(LocalSpark.read(stream("b.arrow", 0))));
  }

  @Test
  void splitsHaveEachBatchOnce() throws IOException {
    Path file = file("a.arrow", 0);
    Path stream = stream("b", 0);
    for (int splits : new int[] {2, 3, 7, 50}) {
      assertEquals(range(0, 300), numbers(LocalSpark.read(file, "splits", "" + splits)));
      assertEquals(range(0, 300), numbers(LocalSpark.read(stream, "splits", "" + splits)));
    }
  }

  @Test
  void filesOfADirectoryStandInTheOrderOfTheirNames() throws IOException {
    file("b.arrow", 300);
    stream("a.arrows", 0);
    assertEquals(range(0, 600), numbers(LocalSpark.read(folder)));
    assertTrue(error(folder, "requireManifest", "true").contains("requireManifest"));
  }

  @Test
  void whatOneMachineConvertedIsReadLikeTheBam() throws IOException {
    Path bam = Bams.synth(folder.resolve("in.bam"), SynthProfile.values()[0], 5000);
    String parts = folder.resolve("parts").toString();
    BamToParts.convert(
        List.of(bam.toString()),
        parts,
        ConvertOptions.defaults(),
        PartSize.count(3),
        Progress.NONE);
    Path single = folder.resolve("single.arrow");
    BamToArrow.convert(
        List.of(bam.toString()), single.toString(), ConvertOptions.defaults(), Progress.NONE);
    List<Row> records = LocalSpark.read(bam).collectAsList();
    assertEquals(records, LocalSpark.read(parts, "requireManifest", "true").collectAsList());
    assertEquals(records, LocalSpark.read(single).collectAsList());
    assertEquals(
        LocalSpark.read(bam).select("tags", "pos").collectAsList(),
        LocalSpark.read(parts).select("tags", "pos").collectAsList());
  }

  @Test
  void orphanFilesOfAJobAreNoData() throws IOException {
    Path left = folder.resolve("part-00000-0123456789abcdef-0.arrow");
    Files.move(file("x", 0), left, StandardCopyOption.ATOMIC_MOVE);
    assertTrue(error(folder).contains("only parts of an unfinished job"), error(folder));
    assertEquals(range(0, 300), numbers(LocalSpark.read(left)), "named itself");
  }

  @Test
  void bamsAndArrowDataAreTwoTables() throws IOException {
    file("a.arrow", 0);
    Bams.reads(folder.resolve("b.bam"), 3);
    assertTrue(error(folder).contains("read them as separate tables"), error(folder));
  }

  @Test
  void damageIsNamedWithTheFile() throws IOException {
    Path file = file("a.arrow", 0);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 20));
    assertTrue(error(file).contains("a.arrow: invalid or truncated Arrow file"), error(file));
    Path stream = stream("b", 0);
    bytes = Files.readAllBytes(stream);
    Files.write(stream, java.util.Arrays.copyOf(bytes, bytes.length - 200));
    assertTrue(error(stream).contains("b: invalid or truncated Arrow file"), error(stream));
  }

  private static void writeRow(VectorSchemaRoot root, OutputStream out) throws IOException {
    root.setRowCount(1);
    ArrowFileWriter writer = new ArrowFileWriter(root, null, Channels.newChannel(out));
    writer.start();
    writer.writeBatch();
    writer.end();
  }

  @Test
  void intervalsOfMonthsDaysAndNanosecondsAreIntervalsOfSpark() throws IOException {
    Path file = folder.resolve("i.arrow");
    try (RootAllocator allocator = new RootAllocator();
        IntervalMonthDayNanoVector interval = new IntervalMonthDayNanoVector("i", allocator);
        var out = Files.newOutputStream(file)) {
      interval.setSafe(0, 14, 3, 5_000_000);
      writeRow(VectorSchemaRoot.of(interval), out);
    }
    Row row = LocalSpark.read(file).selectExpr("cast(i as string)").first();
    assertEquals("1 years 2 months 3 days 0.005 seconds", row.getString(0));
  }

  @Test
  void typesThatSparkLacksAreRefusedByNameAndTheColumnsBesideThemAreRead() throws IOException {
    Path file = folder.resolve("u.arrow");
    try (RootAllocator allocator = new RootAllocator();
        IntervalDayVector days = new IntervalDayVector("d", allocator);
        UInt4Vector numbers = new UInt4Vector("n", allocator);
        var out = Files.newOutputStream(file)) {
      numbers.setSafe(0, -1);
      days.setSafe(0, 1, 2);
      writeRow(VectorSchemaRoot.of(days, numbers), out);
    }
    String said = error(file);
    assertTrue(said.contains("Spark has no type for the Arrow column d: Interval"), said);
    List<Row> rows =
        SparkSession.active()
            .read()
            .format("bamarrow")
            .schema("n BIGINT")
            .load(file.toString())
            .collectAsList();
    assertEquals(4_294_967_295L, rows.get(0).getLong(0));
  }

  @Test
  void optionsOfBamsAreRefused() throws IOException {
    Path file = file("a.arrow", 0);
    assertTrue(error(file, "minMQ", "20").contains("option minMQ is for BAMs"));
  }
}
