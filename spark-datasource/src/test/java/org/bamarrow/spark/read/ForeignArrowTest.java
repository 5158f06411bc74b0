package org.bamarrow.spark.read;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.spark.sql.Row;
import org.bamarrow.spark.LocalSpark;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrow files and streams that other programs wrote, as rows of Spark. */
class ForeignArrowTest {
  /** Writes one table with every program that is there, in every form that it has. */
  private static final String SCRIPT =
      """
      import importlib.util, os, sys
      folder = sys.argv[1]
      there = lambda name: importlib.util.find_spec(name) is not None
      rows = dict(i=[1, None, 3], s=["x", None, "a text of more than twelve bytes"],
                  c=["u", "v", "u"], l=[["p", "q"], [], None])
      path = lambda name: os.path.join(folder, name)
      if there("polars"):
          import polars as pl
          frame = pl.DataFrame(rows, schema_overrides=dict(c=pl.Categorical, i=pl.UInt8))
          enums = frame.with_columns(c=frame["c"].cast(pl.Enum(["v", "u"])))
          for compression in ["uncompressed", "lz4", "zstd"]:
              frame.write_ipc(path(f"polars-{compression}.arrow"), compression=compression)
              enums.write_ipc_stream(path(f"polars-enum-{compression}.arrows"),
                                     compression=compression)
          frame.write_ipc(path("polars-oldest.arrow"), compat_level=pl.CompatLevel.oldest())
      if there("pyarrow"):
          import pyarrow as pa
          table = pa.table(rows, schema=pa.schema([
              ("i", pa.uint64()), ("s", pa.large_string()),
              ("c", pa.dictionary(pa.int8(), pa.string())), ("l", pa.large_list(pa.string()))]))
          views = table.set_column(1, "s", table["s"].cast(pa.string_view()))
          import pyarrow.compute as pc
          runs = table.set_column(2, "c", pc.run_end_encode(pa.array(rows["c"])))
          for name, each in [("table", table), ("views", views), ("runs", runs)]:
              for codec in [None, "lz4", "zstd"]:
                  options = pa.ipc.IpcWriteOptions(compression=codec)
                  with pa.ipc.new_file(path(f"pyarrow-{name}-{codec}.arrow"), each.schema,
                                       options=options) as out:
                      out.write_table(each, max_chunksize=2)
          deltas = pa.ipc.IpcWriteOptions(emit_dictionary_deltas=True)
          grown = [pa.record_batch([pa.array([value]).dictionary_encode()], ["c"]) for value in "uvu"]
          one = pa.record_batch([pa.DictionaryArray.from_arrays([0], ["u"])], ["c"])
          two = pa.record_batch([pa.DictionaryArray.from_arrays([1], ["u", "v"])], ["c"])
          with pa.ipc.new_file(path("deltas.arrow"), one.schema, options=deltas) as out:
              for batch in [one, two]:
                  out.write_batch(batch)
          with pa.ipc.new_stream(path("replaced.arrows"), grown[0].schema) as out:
              for batch in grown:
                  out.write_batch(batch)
          if there("pandas"):
              frame = table.to_pandas()
              frame["c"] = frame["c"].astype("category")
              frame["i"] = frame["i"].astype("UInt16")
              frame.to_feather(path("pandas.feather"))
          if there("duckdb"):
              import duckdb
              lazy = duckdb.from_arrow(table).project(
                  "i::UTINYINT AS i, s, c::VARCHAR::ENUM('u', 'v') AS c, l")
              got = lazy.to_arrow_table() if hasattr(lazy, "to_arrow_table") else lazy.arrow()
              with pa.ipc.new_stream(path("duckdb.arrows"), got.schema) as out:
                  out.write_table(got)
      """;

  private static final ArrowType.Int INT32 = new ArrowType.Int(32, true);

  @TempDir Path folder;

  private static List<String> rows(Path file) {
    List<String> rows =
        LocalSpark.read(file).collectAsList().stream().map(ForeignArrowTest::text).toList();
    List<String> apart =
        LocalSpark.read(file, "splits", "3").collectAsList().stream()
            .map(ForeignArrowTest::text)
            .toList();
    assertEquals(rows, apart, "in several partitions");
    return rows;
  }

  private static String text(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      String shown =
          value instanceof scala.collection.Seq<?> list
              ? list.mkString("[", ",", "]")
              : String.valueOf(value);
      text.append(i == 0 ? "" : "|").append(shown);
    }
    return text.toString();
  }

  @Test
  void filesOfPythonsProgramsHaveTheirRows() throws IOException, InterruptedException {
    String python = System.getenv("BAMARROW_PYTHON");
    assumeTrue(python != null, "BAMARROW_PYTHON names no Python with pyarrow or polars: skipped");
    Path errors = folder.resolve("errors.txt");
    Path made = Files.createDirectory(folder.resolve("made"));
    Process process =
        new ProcessBuilder(python, "-c", SCRIPT, made.toString())
            .redirectErrorStream(true)
            .redirectOutput(errors.toFile())
            .start();
    assertEquals(0, process.waitFor(), () -> read(errors));
    List<Path> files;
    try (Stream<Path> all = Files.list(made)) {
      files = all.sorted().toList();
    }
    assumeTrue(!files.isEmpty(), python + " has neither pyarrow nor polars: skipped");
    for (Path file : files) {
      String name = file.getFileName().toString();
      List<String> expected =
          switch (name) {
            case "deltas.arrow" -> List.of("u", "v");
            case "replaced.arrows" -> List.of("u", "v", "u");
            default ->
                List.of(
                    "1|x|u|[p,q]", "null|null|v|[]", "3|a text of more than twelve bytes|u|null");
          };
      assertEquals(expected, rows(file), name);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** A file of one column of texts, each once, with or without a dictionary. */
  private Path categories(String name, boolean dictionary, String... values) throws IOException {
    Path file = folder.resolve(name);
    DictionaryEncoding encoding = new DictionaryEncoding(4, false, INT32);
    try (RootAllocator allocator = new RootAllocator();
        VarCharVector texts = new VarCharVector("c", allocator);
        IntVector indices = new IntVector("c", new FieldType(true, INT32, encoding), allocator);
        OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < values.length; i++) {
        texts.setSafe(i, values[i].getBytes(StandardCharsets.UTF_8));
        indices.setSafe(i, i);
      }
      texts.setValueCount(values.length);
      VectorSchemaRoot root = VectorSchemaRoot.of(dictionary ? indices : texts);
      root.setRowCount(values.length);
      var dictionaries = new MapDictionaryProvider(new Dictionary(texts, encoding));
      ArrowFileWriter writer = new ArrowFileWriter(root, dictionaries, Channels.newChannel(out));
      writer.start();
      writer.writeBatch();
      writer.end();
    }
    return file;
  }

  @Test
  void filesWithAndWithoutADictionaryAreOneTable() throws IOException {
    categories("a.arrow", true, "u", "v");
    categories("b.arrow", false, "w");
    categories("c.arrow", true, "x");
    assertEquals(List.of("u", "v", "w", "x"), rows(folder));
    assertEquals(4, LocalSpark.read(folder).count());
    assertEquals(2, LocalSpark.read(folder).filter("c in ('u', 'x')").collectAsList().size());
    assertEquals(3, LocalSpark.read(folder).filter("c > 'u'").count());
    assertEquals(4, LocalSpark.read(folder).groupBy("c").count().collectAsList().size());
  }

  @Test
  void damageIsOneErrorWithFileAndPlace() throws IOException {
    Path file = categories("a.arrow", true, "u", "v");
    byte[] bytes = Files.readAllBytes(file);
    int text = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("uv");
    bytes[text - 8] = 9; // where the last text ends: offsets 0, 1, 2 and a padding lie before them
    Files.write(file, bytes);
    String said =
        assertThrows(Exception.class, () -> LocalSpark.read(file).collectAsList()).getMessage();
    assertTrue(
        said.contains("a.arrow: invalid or truncated Arrow file or stream: in the message at"),
        said);
    assertTrue(said.contains("has values up to offset 9 of a data buffer of"), said);
  }
}
