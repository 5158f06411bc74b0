package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.vectorized.ArrowColumnVector;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.storage.StorageLevel;
import org.bamarrow.spark.Bams;
import org.bamarrow.spark.LocalSpark;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Spark keeps of a row stays right when the reader has loaded the next batch. */
class KeptRowsTest {
  private static final int RECORDS = 6_000;

  @TempDir static Path folder;
  private static List<String> truth;

  @BeforeAll
  static void make() {
    Path bam = Bams.synth(folder.resolve("in.bam"), SynthProfile.SHORT, RECORDS);
    Dataset<Row> reads = LocalSpark.read(bam, "batchRows", "100", "splitBytes", "300K");
    reads.createOrReplaceTempView("kept_bam");
    String arrow = folder.resolve("arrow").toString();
    reads.write().format("bamarrow").mode("append").option("batchRows", "100").save(arrow);
    LocalSpark.read(arrow).createOrReplaceTempView("kept_arrow");
    // One batch in one task, so that nothing is loaded after it.
    truth =
        sorted(
            LocalSpark.read(
                    bam,
                    "splitting",
                    "file",
                    "chunkBytes",
                    "256M",
                    "batchRows",
                    "1000000",
                    "batchBytes",
                    "256M")
                .collectAsList());
    assertEquals(RECORDS, truth.size());
  }

  private static Dataset<Row> reads(String table) {
    return LocalSpark.SESSION.table("kept_" + table);
  }

  private static List<String> sorted(List<Row> rows) {
    List<String> texts = new ArrayList<>();
    rows.forEach(row -> texts.add(row.toString()));
    Collections.sort(texts);
    return texts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"bam", "arrow"})
  void cachesAndCheckpoints(String table) {
    for (StorageLevel level : List.of(StorageLevel.MEMORY_ONLY(), StorageLevel.DISK_ONLY())) {
      Dataset<Row> kept = reads(table).persist(level);
      assertEquals(truth, sorted(kept.collectAsList()));
      assertEquals(truth, sorted(kept.collectAsList()));
      kept.unpersist(true);
    }
    LocalSpark.SESSION.sparkContext().setCheckpointDir(folder.resolve("checkpoints").toString());
    assertEquals(truth, sorted(reads(table).checkpoint().collectAsList()));
    assertEquals(truth, sorted(reads(table).localCheckpoint().collectAsList()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bam", "arrow"})
  void sortsJoinsAndAggregates(String table) {
    Dataset<Row> reads = reads(table);
    assertEquals(truth, sorted(reads.orderBy(functions.col("seq").desc()).collectAsList()));
    assertEquals(truth, sorted(reads.repartition(3).collectAsList()));
    Dataset<Row> names = reads.select("qname", "flag");
    for (String how : List.of("broadcast", "merge", "shuffle_hash")) {
      Dataset<Row> joined =
          reads.join(names.hint(how), new String[] {"qname", "flag"}).select(reads.col("*"));
      assertEquals(truth, sorted(joined.collectAsList()), how);
    }
    // Texts that an aggregate holds across batches, with and without groups.
    List<String> qnames = new ArrayList<>();
    reads.select("qname").collectAsList().forEach(row -> qnames.add(row.getString(0)));
    String least = Collections.min(qnames);
    String most = Collections.max(qnames);
    String asked = "min(qname), max(qname), max_by(qname, qname), min(struct(qname, tags)).qname";
    String expected = String.format("[%s,%s,%s,%s]", least, most, most, least);
    String view = "kept_" + table;
    assertEquals(
        expected, LocalSpark.SESSION.sql("select " + asked + " from " + view).first().toString());
    List<Row> grouped =
        LocalSpark.SESSION
            .sql("select " + asked + " from " + view + " group by length(qname) >= 0")
            .collectAsList();
    assertEquals(List.of(expected), sorted(grouped));
  }

  /** Rows are right whatever runs them. */
  @ParameterizedTest
  @CsvSource({
    "spark.sql.codegen.wholeStage, false",
    "spark.sql.columnVector.offheap.enabled, true",
    "spark.sql.adaptive.enabled, false",
    "spark.sql.codegen.factoryMode, NO_CODEGEN",
    "spark.sql.inMemoryColumnarStorage.enableVectorizedReader, false"
  })
  void underEverySetting(String name, String value) {
    RuntimeConfig settings = LocalSpark.SESSION.conf();
    String before = settings.get(name);
    settings.set(name, value);
    try {
      for (String table : List.of("bam", "arrow")) {
        Dataset<Row> kept = reads(table).filter("flag >= 0").persist();
        assertEquals(truth, sorted(kept.orderBy("pos").collectAsList()), table);
        kept.unpersist(true);
      }
    } finally {
      settings.set(name, before);
    }
  }

  @Test
  void sparkCannotTakeTheVectorsOutOfAColumn() {
    try (RootAllocator allocator = new RootAllocator();
        StructVector struct = StructVector.empty("s", allocator)) {
      VarCharVector text =
          struct.addOrGet("t", FieldType.nullable(ArrowType.Utf8.INSTANCE), VarCharVector.class);
      text.allocateNew();
      text.setSafe(0, new byte[] {'a'});
      struct.setIndexDefined(0);
      struct.setValueCount(1);
      ColumnVector column = ReaderOwnedColumn.of(struct);
      assertFalse((Object) column instanceof ArrowColumnVector);
      column.close();
      column.closeIfFreeable();
      assertEquals("a", column.getChild(0).getUTF8String(0).toString());
      assertEquals("a", column.getStruct(0).getUTF8String(0).toString());
    }
  }

  /** Else the build's second run would prove nothing. */
  @Test
  void theSessionHasTheSerializerThatWasAskedFor() {
    assumeTrue(Boolean.getBoolean("bamarrow.kryo"), "not the run under Kryo");
    String serializer = LocalSpark.SESSION.sparkContext().conf().get("spark.serializer");
    assertTrue(serializer.endsWith("KryoSerializer"), serializer);
  }
}
