package org.bamarrow.spark.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code _SUCCESS}, for programs that wait for it. */
class SuccessMarkerTest {
  private static final Dataset<Row> ROWS = LocalSpark.SESSION.sql("SELECT id FROM range(60)");

  @TempDir Path folder;

  private String out() {
    return folder.resolve("out").toString();
  }

  private static DataFrameWriter<Row> writer(Dataset<Row> rows) {
    return rows.write().format("bamarrow").mode("append");
  }

  @Test
  void successIsMarkedWhenAskedFor() throws IOException {
    Path mark = Path.of(out(), "_SUCCESS");
    writer(ROWS).save(out());
    assertFalse(Files.exists(mark));
    LocalSpark.SESSION.conf().set("mapreduce.fileoutputcommitter.marksuccessfuljobs", "true");
    try {
      writer(ROWS).save(out());
      assertEquals(0, Files.size(mark));
      writer(ROWS).save(out());
      writer(ROWS).mode("overwrite").save(out());
      assertTrue(Files.exists(mark));
      assertEquals(60, LocalSpark.read(out()).count());
      assertThrows(
          Exception.class,
          () -> writer(ROWS.selectExpr("raise_error('bad') a")).mode("overwrite").save(out()));
      assertFalse(Files.exists(mark), "removed before the job begins");
    } finally {
      LocalSpark.SESSION.conf().unset("mapreduce.fileoutputcommitter.marksuccessfuljobs");
    }
    Files.createFile(mark);
    writer(ROWS).mode("overwrite").save(out());
    assertFalse(Files.exists(mark));
  }
}
