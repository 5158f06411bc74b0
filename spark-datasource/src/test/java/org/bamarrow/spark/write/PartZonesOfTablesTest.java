package org.bamarrow.spark.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.internal.parts.RowTotals;
import org.bamarrow.io.ByteSource;
import org.bamarrow.parts.LocalPartStore;
import org.bamarrow.parts.Manifest;
import org.bamarrow.parts.Part;
import org.bamarrow.parts.PartNames;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What manifests of {@code df.write} tell of the rows of parts. */
class PartZonesOfTablesTest {
  private static final String COLUMNS =
      "id, cast(id %% 100 as tinyint) b, cast(id as int) i, cast(id / 3 as float) f,"
          + " if(id %% 50 = 7, double('NaN'), id / 7) d, id %% 2 = 0 flags,"
          + " if(id %% 3 = 0, null, concat('row ', id)) text, cast(concat('x', id) as binary) bin,"
          + " date_add(date'1969-12-30', cast(id as int)) day, timestamp_micros(id * 1000003) ts,"
          + " array(id, null, id + 1) list,"
          + " named_struct('a', id, 'n', if(id %% 4 = 0, null, cast(id as string))) nested,"
          + " if(id %% 5 = 0, null, named_struct('x', 1)) maybe";

  @TempDir private Path folder;

  private static Dataset<Row> rows(int from, int to) {
    return LocalSpark.SESSION.sql(
        ("select " + COLUMNS + " from range(%d, %d, 1, 2)").formatted(from, to));
  }

  private Manifest written(Dataset<Row> rows, String mode) throws IOException {
    rows.write()
        .format("bamarrow")
        .option("batchRows", "20")
        .option("rowsPerPart", "90")
        .mode(mode)
        .save(folder.resolve("out").toString());
    LocalPartStore store = new LocalPartStore(folder.resolve("out").toString(), false);
    Manifest manifest = Manifest.read(store);
    try (ByteSource table = store.open(PartNames.BATCHES)) {
      assertNull(manifest.batches().problem(table));
    }
    return manifest;
  }

  @Test
  void totalsOfPartsAreThoseOfTheirRowsAlsoAfterAppends() throws IOException {
    List<Part> before = written(rows(0, 500), "append").parts();
    List<Part> after = written(rows(-700, -100), "append").parts();
    assertEquals(before, after.subList(0, before.size()));
    assertTrue(before.size() >= 6);
    ObjectMapper json = new ObjectMapper();
    for (Part part : after) {
      ObjectNode found = (ObjectNode) json.readTree(part.zone());
      found.remove("sorted");
      Path file = folder.resolve("out").resolve(part.name());
      assertEquals(RowTotals.of(file, true), found);
    }
    assertEquals(
        100,
        LocalSpark.read(folder.resolve("out").toString()).filter("i between 100 and 199").count());
  }

  @Test
  void aTableThatReplacesAnotherHasItsOwnTotals() throws IOException {
    written(rows(0, 200), "append");
    Manifest manifest = written(rows(1_000, 1_100), "overwrite");
    for (Part part : manifest.parts()) {
      long min = new ObjectMapper().readTree(part.zone()).at("/statistics/id/min").asLong();
      assertTrue(min >= 1_000, part.zone());
    }
  }
}
