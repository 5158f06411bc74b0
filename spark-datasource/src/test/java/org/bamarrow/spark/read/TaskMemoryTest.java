package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.function.ForeachPartitionFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.util.ArrowUtils;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a task ends, its memory is given back. */
class TaskMemoryTest {
  private static final CountDownLatch STARTED = new CountDownLatch(1);

  @TempDir static Path folder;
  private static Path bam;

  @BeforeAll
  static void make() {
    bam = Bams.synth(folder.resolve("in.bam"), SynthProfile.SHORT, 8_000);
  }

  @AfterEach
  void nothingIsLeft() throws InterruptedException {
    for (int i = 0; i < 250 && !ArrowUtils.rootAllocator().getChildAllocators().isEmpty(); i++) {
      Thread.sleep(20); // a killed task ends when it likes
    }
    assertEquals("[]", ArrowUtils.rootAllocator().getChildAllocators().toString());
    assertEquals(0, ArrowUtils.rootAllocator().getAllocatedMemory());
  }

  @Test
  void afterAllRows() {
    assertEquals(8_000, LocalSpark.read(bam).select("seq", "tags").collectAsList().size());
  }

  @Test
  void afterALimitThatStopsEarly() {
    assertEquals(5, LocalSpark.read(bam).limit(5).collectAsList().size());
    LocalSpark.read(bam).filter("mapq > 20").head();
  }

  @Test
  void afterAFailureInTheQuery() {
    assertThrows(
        Exception.class,
        () -> LocalSpark.read(bam).selectExpr("raise_error(qname)").collectAsList());
  }

  @Test
  void afterADamagedFile() throws Exception {
    byte[] bytes = Files.readAllBytes(bam);
    bytes[bytes.length / 2] ^= 1;
    Path damaged = Files.write(folder.resolve("damaged.bam"), bytes);
    Exception error =
        assertThrows(
            Exception.class, () -> LocalSpark.read(damaged, "tags", "none").collectAsList());
    assertTrue(error.getMessage().contains("damaged.bam: at virtual offset"), error.getMessage());
  }

  @Test
  void afterATaskIsKilled() throws Exception {
    var context = LocalSpark.SESSION.sparkContext();
    Thread job =
        new Thread(
            () -> {
              context.setJobGroup("killed", "to be killed", true);
              ForeachPartitionFunction<Row> slow =
                  rows -> {
                    while (rows.hasNext()) {
                      rows.next();
                      STARTED.countDown();
                      Thread.sleep(10);
                    }
                  };
              assertThrows(Exception.class, () -> LocalSpark.read(bam).foreachPartition(slow));
            });
    job.start();
    assertTrue(STARTED.await(30, TimeUnit.SECONDS));
    context.cancelJobGroup("killed");
    job.join();
  }
}
