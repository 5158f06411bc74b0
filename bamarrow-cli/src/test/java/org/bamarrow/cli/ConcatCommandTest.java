package org.bamarrow.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.internal.ipc.OtherFooter;
import org.bamarrow.synth.SynthOptions;
import org.bamarrow.synth.SynthProfile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConcatCommandTest {
  @TempDir private static Path folder;
  private static Path bam;

  @BeforeAll
  static void makeInput() throws IOException {
    bam =
        Cli.bam(
            folder,
            "in.bam",
            SynthOptions.of(SynthProfile.SHORT, 2_000, 5).withBlocks(true, 1, 20_000));
  }

  private static Path arrow(String name, Object... options) {
    Path arrow = folder.resolve(name);
    List<Object> words = new ArrayList<>(List.of("convert", "--force"));
    words.addAll(List.of(options));
    words.addAll(List.of(bam, arrow));
    Cli.Result result = Cli.run(words.toArray());
    assertEquals(0, result.code(), result.err());
    return arrow;
  }

  private static String sam(Path arrow) {
    return Cli.run("view", arrow).out();
  }

  private static String error(Object... words) {
    Cli.Result result = Cli.run(words);
    assertEquals(1, result.code(), result.err());
    return result.err();
  }

  @Test
  void theRowsOfAllInputsStandInOrder() throws IOException {
    Path one = arrow("one.arrow", "--batch-rows", 300);
    Path out = folder.resolve("all.arrow");
    Cli.Result result = Cli.run("concat", out, one, one, one);
    assertEquals(0, result.code(), result.err());
    assertTrue(result.err().contains("6,000 rows"), result.err());
    assertEquals(sam(one).repeat(3), sam(out));
  }

  @Test
  void oneInputGivesItsOwnBytesAndFilesAndStreamsMix() throws IOException {
    Path file = arrow("file.arrow", "--compression", "zstd");
    Path stream = arrow("stream.arrows", "--compression", "zstd");
    for (Path input : List.of(file, stream)) {
      Path asFile = folder.resolve("as-file.arrow");
      Path asStream = folder.resolve("as-stream.arrows");
      assertEquals(0, Cli.run("concat", "--force", asFile, input).code());
      assertEquals(0, Cli.run("concat", "--force", "--format", "stream", asStream, input).code());
      // of a stream nothing is known
      assertArrayEquals(
          input == file ? Files.readAllBytes(file) : OtherFooter.bytes(file),
          Files.readAllBytes(asFile));
      assertArrayEquals(Files.readAllBytes(stream), Files.readAllBytes(asStream));
    }
  }

  @Test
  void inputsWithoutRowsAddNothing() throws IOException {
    Path none = arrow("none.arrow", "-q", 255, "-f", 4095);
    Path out = folder.resolve("empty.arrow");
    assertEquals(0, Cli.run("concat", out, none, none).code());
    assertArrayEquals(Files.readAllBytes(none), Files.readAllBytes(out));
  }

  @Test
  void otherColumnsAndOtherMetadataAreErrorsThatNameBothFiles() {
    Path one = arrow("columns.arrow", "--columns", "qname,pos");
    Path columns = arrow("other-columns.arrow", "--columns", "pos,qname");
    Path metadata = arrow("other-metadata.arrow", "--columns", "qname,pos", "-q", 1);
    Path out = folder.resolve("never.arrow");
    assertEquals(
        "bamarrow: "
            + one
            + " and "
            + columns
            + " cannot be concatenated: their columns differ;"
            + " convert both with the same options for columns and tags\n",
        error("concat", out, one, columns));
    String problem = error("concat", out, one, one, metadata);
    assertTrue(problem.startsWith("bamarrow: " + one + " and " + metadata + " cannot"), problem);
    assertTrue(problem.contains("bamarrow.options"), problem);
    assertTrue(Files.notExists(out));
  }

  @Test
  void anExistingFileIsReplacedOnlyWithForceAndNeverAnInput() throws IOException {
    Path one = arrow("kept.arrow");
    byte[] before = Files.readAllBytes(one);
    Path other = arrow("other.arrow");
    assertEquals(2, Cli.run("concat", one, other).code());
    assertEquals(2, Cli.run("concat", "--force", one, other, one).code());
    assertArrayEquals(before, Files.readAllBytes(one));
  }

  @Test
  void damagedInputsAreRefusedWhereverTheyAreCut() throws IOException {
    for (String name : List.of("cut.arrow", "cut.arrows")) {
      Path whole = arrow(name, "--columns", "qname,pos", "--batch-rows", 500);
      byte[] bytes = Files.readAllBytes(whole);
      Path cut = folder.resolve("cut");
      Path out = folder.resolve("of-cut.arrow");
      for (int length = 0; length < bytes.length; length += 1 + length / 7) {
        Files.write(cut, Arrays.copyOf(bytes, length));
        String problem = error("concat", out, whole, cut);
        assertTrue(problem.contains(cut + ": invalid or truncated Arrow file or stream"), problem);
      }
      Files.write(cut, Arrays.copyOf(bytes, bytes.length + 8));
      assertTrue(error("concat", out, whole, cut).contains("invalid or truncated Arrow"));
    }
  }

  @Test
  void streamsPutTogetherWithCatAreToldByName() throws IOException {
    byte[] stream = Files.readAllBytes(arrow("cat.arrows"));
    byte[] twice = ByteBuffer.allocate(2 * stream.length).put(stream).put(stream).array();
    Path cat = Files.write(folder.resolve("twice.arrows"), twice);
    assertTrue(error("concat", folder.resolve("of-cat.arrow"), cat).contains("made with cat"));
  }

  @Test
  void dictionariesAreRefused() throws IOException {
    Path file = folder.resolve("dictionary.arrow");
    DictionaryEncoding encoding = new DictionaryEncoding(1, false, null);
    Field field =
        new Field("a", new FieldType(true, new ArrowType.Int(32, true), encoding), List.of());
    try (RootAllocator allocator = new RootAllocator();
        VarCharVector words = new VarCharVector("words", allocator);
        VectorSchemaRoot root =
            VectorSchemaRoot.create(new Schema(List.of(field), Map.of()), allocator);
        FileOutputStream out = new FileOutputStream(file.toFile())) {
      words.setSafe(0, new byte[] {'x'});
      words.setValueCount(1);
      ((IntVector) root.getVector(0)).setSafe(0, 0);
      root.setRowCount(1);
      MapDictionaryProvider dictionaries =
          new MapDictionaryProvider(new Dictionary(words, encoding));
      try (ArrowFileWriter writer = new ArrowFileWriter(root, dictionaries, out.getChannel())) {
        writer.writeBatch();
      }
    }
    assertTrue(
        error("concat", folder.resolve("d.arrow"), file)
            .contains("dictionaries are not supported"));
  }
}
