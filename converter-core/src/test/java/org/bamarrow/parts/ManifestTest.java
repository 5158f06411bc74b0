package org.bamarrow.parts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.bamarrow.io.VirtualOffset;
import org.bamarrow.parts.Part.Range;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestTest {
  private static final String JOB = "0123456789abcdef";
  private static final long END = VirtualOffset.of(1000);
  private final MemoryPartStore store = new MemoryPartStore();

  private static Part part(int number, Range... ranges) {
    String name = new PartNames(JOB, 9).name(number, "0");
    return new Part(name, 5, 6, 100, "0000beef", List.of(ranges), null);
  }

  private static Schema schema(String options) {
    return new Schema(
        List.of(Field.nullable("x", new ArrowType.Utf8())), Map.of("bamarrow.options", options));
  }

  private static Manifest manifest(String options, Part... parts) throws IOException {
    List<Manifest.Input> inputs =
        List.of(
            new Manifest.Input("a.bam", 1000, "00", 77),
            new Manifest.Input("b.bam", 1000, "00", 9));
    return Manifest.of(JOB, schema(options), inputs, List.of(parts));
  }

  private static Manifest whole() throws IOException {
    return manifest(
        "{}",
        part(0, new Range(0, 77, 500L)),
        part(1, new Range(0, 500, 500L)),
        part(2, new Range(0, 500, END)),
        part(3, new Range(1, 9, END)));
  }

  private static Manifest withLimit(int limit, Long next) throws IOException {
    return manifest("{\"rows\":{\"limit\":" + limit + "}}", part(0, new Range(0, 77, next)));
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    Manifest written = whole();
    store.publish(Manifest.NAME, written.toJson(), true, () -> {});
    Manifest read = Manifest.read(store);
    assertEquals(written, read);
    assertEquals(schema("{}"), read.arrowSchema());
    assertEquals(new Manifest.Totals(20, 24, 400), read.totals());
  }

  private static Part with(Part part, String zone) {
    return new Part(
        part.name(), part.rows(), part.records(), part.bytes(), part.crc32(), part.ranges(), zone);
  }

  private Manifest written(Manifest manifest) throws IOException {
    store.publish(Manifest.NAME, manifest.toJson(), true, () -> {});
    return Manifest.read(store);
  }

  @Test
  void whatIsKnownOfRowsIsKeptAsItIsWrittenAndNeedNotBeThere() throws IOException {
    Schema plain = new Schema(List.of(Field.nullable("x", new ArrowType.Utf8())));
    List<Part> parts = new java.util.ArrayList<>();
    for (String zone :
        new String[] {null, "{\"batches\":1,\"x\":{\"y\":[1,-2.5]}}", "7", "[]", "\"\\u0000\""}) {
      parts.add(with(part(parts.size()), zone));
    }
    Manifest manifest = Manifest.of(JOB, plain, List.of(), parts);
    assertEquals(manifest, written(manifest));
    String text = new String(manifest.toJson(), UTF_8);
    assertEquals(4, text.split("\"zone\"", -1).length - 1, text);
    assertTrue(text.contains("{\"batches\":1,\"x\":{\"y\":[1,-2.5]}}"), "on one line");
  }

  @Test
  void whatIsKnownOfManyPartsHasALimit() throws IOException {
    Schema plain = new Schema(List.of(Field.nullable("x", new ArrowType.Utf8())));
    String zone = "{}" + " ".repeat((1 << 20) - 2);
    List<Part> parts = new java.util.ArrayList<>();
    for (int i = 0; i < 100; i++) {
      parts.add(with(part(i), zone));
    }
    Manifest manifest = Manifest.of(JOB, plain, List.of(), parts);
    assertEquals(
        Manifest.MAX_ZONES >> 20,
        manifest.parts().stream().filter(part -> part.zone() != null).count());
    assertEquals(100, manifest.parts().size());
  }

  @Test
  void theTableOfBatchesIsDescribedByLengthAndChecksum() throws IOException {
    Manifest manifest = whole().withBatches(new Manifest.Batches(7, "0123abcd"));
    assertEquals(manifest, written(manifest));
    for (Manifest.Batches bad :
        List.of(
            new Manifest.Batches(-7, "0123abcd"),
            new Manifest.Batches(7, "0123ABCD"),
            new Manifest.Batches(7, null))) {
      assertProblem(whole().withBatches(bad), "its bytes or crc32 of _batches.arrow make no sense");
    }
  }

  @Test
  void rowsFromElsewhereHaveNoRanges() throws IOException {
    Schema plain = new Schema(List.of(Field.nullable("x", new ArrowType.Utf8())));
    Manifest written = Manifest.of(JOB, plain, List.of(), List.of(part(0), part(1)));
    store.publish(Manifest.NAME, written.toJson(), true, () -> {});
    assertEquals(written, Manifest.read(store));
  }

  @Test
  void partitionColumnsAreInTheNamesOfPartsAndTheirTypesInVersion2() throws IOException {
    Schema plain = new Schema(List.of(Field.nullable("x", new ArrowType.Utf8())));
    Schema columns = new Schema(List.of(Field.nullable("s", new ArrowType.Utf8())));
    Part one = new Part("s=a%2Fb/part-0", 5, 5, 100, "0000beef", List.of(), null);
    Manifest written = Manifest.ofPartitioned(JOB, plain, columns, List.of(one));
    store.publish(Manifest.NAME, written.toJson(), true, () -> {});
    Manifest read = Manifest.read(store);
    assertEquals(written, read);
    assertEquals(2, read.version());
    assertEquals(columns, read.arrowPartitionSchema());
    IOException error =
        assertThrows(IOException.class, () -> read.requireNoPartitionColumns("out"));
    assertTrue(error.getMessage().startsWith("out: has partition columns (s)"));
    for (String name :
        List.of(
            "part-0",
            "s/part-0",
            "../part-0",
            "s=a/../part-0",
            "/s=a/part-0",
            "=a/part-0",
            "s=/part-0",
            ".s=a/part-0",
            "s=a//part-0",
            "s=a/.part-0",
            "s=a\\b/part-0",
            "s=a/")) {
      Part bad = new Part(name, 5, 5, 100, "0000beef", List.of(), null);
      assertProblem(
          Manifest.ofPartitioned(JOB, plain, columns, List.of(bad)),
          "that is no name of a file in the directory");
    }
    Manifest without = Manifest.ofPartitioned(JOB, plain, new Schema(List.of()), List.of());
    assertEquals(Manifest.of(JOB, plain, List.of(), List.of()), without);
    without.requireNoPartitionColumns("out");
    assertProblem(
        Manifest.ofPartitioned(JOB, plain, new Schema(List.of()), List.of(one)),
        "that is no name of a file in the directory");
  }

  @Test
  void aLimitMayEndTheLastRange() throws IOException {
    withLimit(5, null).validate("d");
    withLimit(5, 500L).validate("d");
    assertProblem(withLimit(6, null), "the ranges do not reach the end of the last input");
    assertProblem(withLimit(6, END), "the ranges do not reach the end of the last input");
    assertProblem(withLimit(4, 500L), "there are 5 rows, over the limit of 4");
  }

  @Test
  void nothingFollowsALimit() throws IOException {
    assertProblem(
        manifest(
            "{\"rows\":{\"limit\":10}}",
            part(0, new Range(0, 77, null)),
            part(1, new Range(0, 500, null))),
        "its range starts at virtual offset 500, but at a limit is where the one before ended");
  }

  @Test
  void rangesThatDoNotJoinAreRefused() throws IOException {
    String start = "its range starts at virtual offset ";
    assertProblem(
        manifest("{}", part(0, new Range(0, 78, END)), part(1, new Range(1, 9, END))),
        start + "78, but virtual offset 77 is where");
    assertProblem(
        manifest("{}", part(0, new Range(0, 77, 500L)), part(1, new Range(0, 501, END))),
        start + "501, but virtual offset 500 is where");
    assertProblem(
        manifest("{}", part(0, new Range(0, 77, 500L)), part(1, new Range(0, 499, END))),
        start + "499, but virtual offset 500 is where");
    assertProblem(
        manifest("{}", part(0, new Range(0, 77, 500L)), part(1, new Range(1, 9, END))),
        "input 1 is not what follows here");
    assertProblem(
        manifest("{}", part(0, new Range(1, 9, END))), "input 1 is not what follows here");
    assertProblem(
        manifest("{}", part(0, new Range(0, 77, END))), "the ranges do not reach the end");
    assertProblem(
        manifest("{}", part(0, new Range(0, 77, 70L))), "its range ends before it starts");
    assertProblem(manifest("{}", part(0)), "it needs ranges where there are inputs");
  }

  @Test
  void oneNameTwiceIsRefused() throws IOException {
    assertProblem(
        manifest("{}", part(0, new Range(0, 77, END)), part(0, new Range(1, 9, END))),
        "it is listed twice");
  }

  private static void assertProblem(Manifest manifest, String problem) {
    IOException error = assertThrows(IOException.class, () -> manifest.validate("d"));
    assertTrue(error.getMessage().contains(problem), error.getMessage());
    assertTrue(error.getMessage().startsWith("d: its _manifest.json is broken"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "part-00001-  | ../part-00001- | that is no name of a file in the directory",
        "part-00001-  | a/b- | that is no name of a file in the directory",
        "part-00001-  | /etc- | that is no name of a file in the directory",
        "part-00001-  | .. | that is no name of a file in the directory",
        "part-00001-  | _- | that is no name of a file in the directory",
        "'\"version\" : 1' | '\"version\" : 3' | it is of version 3, this program knows 1 and 2",
        "'\"version\" : 1' | '\"version\" : 2' | it has partition columns in version 1, or none in"
            + " version 2",
        "'\"version\" : 1' | '\"version\" : null' | it is of version null",
        "'\"rows\" : 20' | '\"rows\" : 21' | the totals are",
        "'\"rows\" : 5' | '\"rows\" : 7' | rows, records or bytes make no sense",
        "'\"rows\" : 5' | '\"rows\" : -1' | rows, records or bytes make no sense",
        "'\"rows\" : 5' | '\"rows\" : \"many\"' | Cannot deserialize",
        "'\"rows\" : 5,' | '' | Missing required creator property 'rows'",
        "'\"bytes\" : 100' | '\"bytes\" : 9223372036854775807' | with it the totals are past 2^63",
        "0000beef | 0000BEEF | its crc32 is not 8 hexadecimal digits",
        "'\"totals\" :' | '\"total\" :' | Missing required creator property 'totals'",
        "'\"next\" : 500' | '\"next\" : null' | its range starts at virtual offset 500",
        "'\"size\" : 1000' | '\"size\" : 1001' | input 1 is not what follows here"
      })
  void tamperedOnesAreRefusedWithTheReason(String from, String to, String problem)
      throws IOException {
    String text = new String(whole().toJson(), UTF_8);
    String changed = text.replaceFirst(java.util.regex.Pattern.quote(from), to);
    assertTrue(!changed.equals(text), from);
    store.publish(Manifest.NAME, changed.getBytes(UTF_8), true, () -> {});
    IOException error = assertThrows(IOException.class, () -> Manifest.read(store));
    assertTrue(error.getMessage().contains(problem), error.getMessage());
    assertTrue(error.getMessage().startsWith("memory: its _manifest.json is broken"));
  }

  @Test
  void oneCutShortAnywhereIsRefused() throws IOException {
    byte[] text = whole().toJson();
    for (int length = 0; length < text.length; length++) {
      store.publish(Manifest.NAME, java.util.Arrays.copyOf(text, length), true, () -> {});
      assertThrows(IOException.class, () -> Manifest.read(store), "" + length);
    }
  }

  @Test
  void fieldsOfLaterWritersAreNoError() throws IOException {
    String text = new String(whole().toJson(), UTF_8).replace("\"job\"", "\"more\": [1], \"job\"");
    store.publish(Manifest.NAME, text.getBytes(UTF_8), true, () -> {});
    assertEquals(whole(), Manifest.read(store));
  }

  @Test
  void aDirectoryWithoutOneIsNotComplete() {
    IOException error = assertThrows(IOException.class, () -> Manifest.read(store));
    assertTrue(error.getMessage().contains("has no _manifest.json"), error.getMessage());
  }
}
