package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.internal.filter.Operator;
import org.bamarrow.internal.filter.RawField;
import org.bamarrow.internal.filter.RawPredicate;
import org.bamarrow.internal.ipc.WantedBatches;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.spark.files.Cancellation;
import org.bamarrow.spark.files.TableFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cancelled query ends on the driver; a file that the driver cannot read is left to the tasks.
 */
class CancelledPlanningTest {
  private static final RawPredicate CONDITION =
      new RawPredicate.IntegerCompare(
          RawField.of(RawField.Column.POS), -1, Operator.GREATER, 1_000L);

  @TempDir static Path folder;
  private static SortedReads reads;

  @BeforeAll
  static void make() throws IOException {
    reads = SortedReads.in(folder, 2_000);
  }

  @AfterEach
  void clearInterrupt() {
    Thread.interrupted();
  }

  /** Makes the zones of a file of those that have to be read, however long ago it was made. */
  private static void touch(Path data) throws IOException {
    Files.setLastModifiedTime(data, FileTime.fromMillis(System.currentTimeMillis()));
  }

  private static List<WantedBatches> lookUp(Path data) throws IOException {
    touch(data);
    TableFiles files = new TableFiles(Map.of("path", data.toString()), LocalSpark.SESSION);
    assertTrue(files.files().size() > 0); // listed before the interrupt
    Thread.currentThread().interrupt();
    return new BatchLookup(files, CONDITION).wanted();
  }

  private static void assertCancelled(UncheckedIOException error) {
    assertTrue(error.getCause() instanceof InterruptedIOException, error.toString());
    assertTrue(Thread.currentThread().isInterrupted());
  }

  @Test
  void interruptedLookupsOfBatchesEnd() {
    for (Path data : List.of(reads.file(), reads.parts())) {
      assertCancelled(assertThrows(UncheckedIOException.class, () -> lookUp(data)));
      Thread.interrupted();
    }
  }

  @Test
  void interruptedAnswersFromStatisticsEnd() throws IOException {
    for (Path data : List.of(reads.file(), reads.written())) {
      touch(data);
      Dataset<Row> count = LocalSpark.read(data).filter("pos > 0").selectExpr("count(pos)");
      Thread.currentThread().interrupt();
      assertCancelled(
          assertThrows(
              UncheckedIOException.class, () -> count.queryExecution().optimizedPlan().schema()));
      Thread.interrupted();
    }
  }

  @Test
  void aTimeoutIsNoCancellation() {
    Cancellation.check(new SocketTimeoutException("Read timed out"));
    Cancellation.check(new IOException("unreadable"));
    assertThrows(
        UncheckedIOException.class,
        () -> Cancellation.check(new IOException(new InterruptedIOException())));
    assertTrue(Thread.interrupted());
  }

  private static long count(Path data) {
    return LocalSpark.read(data).filter("pos > 1000").count();
  }

  @Test
  void theTaskTellsWhyAFileIsUnreadable() throws IOException {
    Path cut = Files.copy(reads.file(), folder.resolve("cut.arrow"));
    TableFiles files = new TableFiles(Map.of("path", cut.toString()), LocalSpark.SESSION);
    assertNotNull(new BatchLookup(files, CONDITION).wanted().get(0));
    Dataset<Row> rows = LocalSpark.read(cut).filter("pos > 1000").select("qname");
    Dataset<Row> count = LocalSpark.read(cut).filter("pos > 1000").selectExpr("count(*)");
    byte[] bytes = Files.readAllBytes(cut);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 100));
    assertNull(new BatchLookup(files, CONDITION).wanted().get(0));
    for (Dataset<Row> query : List.of(rows, count)) {
      Exception error = assertThrows(Exception.class, query::collectAsList);
      assertTrue(error.toString().contains("cut.arrow"), error.toString());
      assertTrue(error.toString().contains("truncated"), error.toString());
    }
    Files.write(cut, bytes);
    assertEquals(count(reads.file()), count(cut));
  }
}
