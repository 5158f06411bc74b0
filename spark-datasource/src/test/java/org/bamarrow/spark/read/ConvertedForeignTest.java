package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DateMilliVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampNanoVector;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.bamarrow.ArrowToArrow;
import org.bamarrow.convert.ArrowOptions;
import org.bamarrow.convert.Progress;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of types that are read as others, with statistics of what is stored. */
class ConvertedForeignTest {
  private static final ArrowType.Int INT32 = new ArrowType.Int(32, true);
  private static final int ROWS = 100;
  private static final int BATCHES = 5;

  @TempDir Path folder;

  private void write(Path file) throws IOException {
    DictionaryEncoding encoding = new DictionaryEncoding(4, false, INT32);
    FieldType unsigned = FieldType.nullable(new ArrowType.Int(8, false));
    try (RootAllocator allocator = new RootAllocator();
        UInt1Vector u1 = new UInt1Vector("u1", allocator);
        UInt4Vector u4 = new UInt4Vector("u4", allocator);
        UInt8Vector u8 = new UInt8Vector("u8", allocator);
        TimeStampSecVector sec = new TimeStampSecVector("sec", allocator);
        TimeStampNanoVector nano = new TimeStampNanoVector("nano", allocator);
        DateMilliVector day = new DateMilliVector("day", allocator);
        LargeVarCharVector text = new LargeVarCharVector("text", allocator);
        NullVector none = new NullVector("none");
        StructVector pair = StructVector.empty("pair", allocator);
        VarCharVector words = new VarCharVector("cat", allocator);
        IntVector cat = new IntVector("cat", new FieldType(true, INT32, encoding), allocator);
        OutputStream out = Files.newOutputStream(file)) {
      UInt1Vector a = pair.addOrGet("a", unsigned, UInt1Vector.class);
      words.setSafe(0, new byte[] {'x'});
      words.setSafe(1, new byte[] {'y'});
      words.setValueCount(2);
      VectorSchemaRoot root =
          VectorSchemaRoot.of(u1, u4, u8, sec, nano, day, text, none, pair, cat);
      ArrowFileWriter writer =
          new ArrowFileWriter(
              root,
              new MapDictionaryProvider(new Dictionary(words, encoding)),
              Channels.newChannel(out));
      writer.start();
      for (int batch = 0; batch < BATCHES; batch++) {
        for (int i = 0; i < ROWS; i++) {
          int id = batch * ROWS + i;
          u1.setSafe(i, id / 2);
          u4.setSafe(i, id - 250);
          u8.setSafe(i, id - 250L);
          sec.setSafe(i, (id - 250) * 60L);
          nano.setSafe(i, (id - 250) * 7000L);
          day.setSafe(i, id / 10 * 86_400_000L);
          text.setSafe(i, ("t" + id / 100).getBytes());
          a.setSafe(i, id / 2);
          if (id % 7 == 0) {
            u1.setNull(i);
            sec.setNull(i);
            pair.setNull(i);
            cat.setNull(i);
          } else {
            pair.setIndexDefined(i);
            cat.setSafe(i, id / 300);
          }
        }
        root.setRowCount(ROWS);
        writer.writeBatch();
      }
      writer.end();
    }
  }

  private static List<String> rows(Dataset<Row> query) {
    return query.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @Test
  void conditionsAndAggregatesAreOfTheValuesAsTheyAreRead() throws IOException {
    Path foreign = folder.resolve("foreign.arrow");
    write(foreign);
    Path file = folder.resolve("converted.arrow");
    ArrowToArrow.convert(foreign, file.toString(), ArrowOptions.defaults(), Progress.NONE);
    LocalSpark.read(file).createOrReplaceTempView("converted");
    LocalSpark.read(file, "pushdown", "false").createOrReplaceTempView("converted_plain");
    String all =
        "select count(*), count(none), count(cat), count(pair), count(pair.a), min(u1), max(u1),"
            + " min(u4), max(u4), min(u8), max(u8), min(sec), max(sec), min(nano), max(nano),"
            + " min(day), max(day), min(pair.a), max(pair.a), sum(u1), sum(pair.a), count(text)"
            + " from %s";
    for (String query :
        List.of(
            all,
            all + " where sec >= timestamp_ntz'1970-01-01 01:00:00'",
            all + " where cat is null or none is not null",
            all + " where pair.a > 200 or pair is null",
            "select day, count(cat), min(sec) from %s where u4 < 200 group by day",
            "select pair.a, count(*), sum(u1) from %s where text > 't1' group by pair.a")) {
      assertEquals(
          rows(LocalSpark.SESSION.sql(String.format(query, "converted_plain"))),
          rows(LocalSpark.SESSION.sql(String.format(query, "converted"))),
          query);
    }
  }
}
