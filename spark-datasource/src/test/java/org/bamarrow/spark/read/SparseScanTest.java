package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Readers of Arrow data whose condition few rows satisfy. */
class SparseScanTest {
  @TempDir static Path folder;
  private static Dataset<Row> table;

  @BeforeAll
  static void make() {
    LocalSpark.SESSION
        .range(0, 1000, 1, 1)
        .selectExpr("id", "concat('n', id % 100) as name", "named_struct('x', id) as pair")
        .write()
        .format("bamarrow")
        .option("batchRows", "100")
        .save(folder.resolve("t").toString());
    table = LocalSpark.read(folder.resolve("t"));
  }

  /** Kills its first attempt and reads then: what the reader says, or null. */
  private static String saidWhenKilled(PartitionReaderFactory factory, InputPartition partition)
      throws Exception {
    TaskContext task = TaskContext.get();
    if (task.attemptNumber() > 0) {
      return null;
    }
    LocalSpark.SESSION.sparkContext().killTaskAttempt(task.taskAttemptId(), false, "a test");
    while (!task.isInterrupted()) {
      Thread.sleep(1);
    }
    try (PartitionReader<ColumnarBatch> reader = factory.createColumnarReader(partition)) {
      return "a batch: " + reader.next();
    } catch (InterruptedIOException e) {
      return e.getMessage();
    }
  }

  private static final AtomicReference<String> SAID = new AtomicReference<>();

  @Test
  void aKilledTaskDoesNotReadOnToARow() {
    Batch batch = Plans.scans(table.filter("name = 'n50x'")).get(0).scan().toBatch();
    InputPartition partition = batch.planInputPartitions()[0];
    PartitionReaderFactory factory = batch.createReaderFactory();
    JavaSparkContext.fromSparkContext(LocalSpark.SESSION.sparkContext())
        .parallelize(List.of(0), 1)
        .foreach(
            ignored -> {
              String said = saidWhenKilled(factory, partition);
              if (said != null) {
                SAID.set(said);
              }
            });
    assertEquals("the task was killed", SAID.get());
  }

  /** Which was 1: the partitions were as large as if all files were opened. */
  @Test
  void filesThatAreLeftOutDoNotMakePartitionsLarger() {
    String parts = folder.resolve("parts").toString();
    LocalSpark.SESSION
        .range(0, 40_000, 1, 20)
        .toDF()
        .write()
        .format("bamarrow")
        .option("batchRows", "100")
        .save(parts);
    Dataset<Row> some = LocalSpark.read(parts, "openCostInBytes", "2000").filter("id < 2000");
    Batch batch = Plans.scans(some).get(0).scan().toBatch();
    assertTrue(batch.planInputPartitions().length > 1);
    assertEquals(2000, some.count());
  }

  @Test
  void aFieldOfSelectedRowsIsOneObject() throws Exception {
    Batch batch = Plans.scans(table.filter("name = 'n7'").select("pair")).get(0).scan().toBatch();
    try (PartitionReader<ColumnarBatch> reader =
        batch.createReaderFactory().createColumnarReader(batch.planInputPartitions()[0])) {
      assertTrue(reader.next());
      ColumnVector pair = reader.get().column(0);
      assertEquals(1, reader.get().numRows());
      assertSame(pair.getChild(0), pair.getChild(0));
      assertEquals(7, pair.getStruct(0).getLong(0));
    }
  }
}
