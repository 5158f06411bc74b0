package org.bamarrow.internal.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagProjection;
import org.bamarrow.convert.TagType;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.internal.bam.RecordBytes;
import org.bamarrow.io.BamFormatException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A part of the tag columns holds what the whole of them holds, and looks at nothing else. */
class TagProjectionTest {
  private static final ColumnOptions NO_COLUMNS = ColumnOptions.defaults().withNames(List.of());
  private static final TagProjection NOTHING = new TagProjection(null, false, false);
  private static final TagProjection ONLY_MAP = new TagProjection(null, false, true);

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void closeAllocator() {
    allocator.close();
  }

  @Test
  void projectionDoesNotChangeValues() throws IOException {
    Random random = new Random(21);
    for (OtherTags other : List.of(OtherTags.OVERFLOW, OtherTags.ALL)) {
      TagOptions whole = tags(other, false, false);
      for (List<String> names : namesOfAllKinds()) {
        for (boolean map : new boolean[] {false, true}) {
          requireSame(whole, new TagProjection(names, true, map), random);
        }
      }
      requireSame(whole, ONLY_MAP, random);
    }
  }

  /** None, one, all in another order, all as they are. */
  private static List<List<String>> namesOfAllKinds() {
    List<List<String>> names = new ArrayList<>();
    names.add(null);
    names.add(List.of());
    names.add(List.of("MD"));
    names.add(List.of("Z0", "NM"));
    names.add(List.of("Z0", "Yc", "NM", "MD"));
    return names;
  }

  private void requireSame(TagOptions whole, TagProjection projection, Random random)
      throws IOException {
    List<ModelRecord> records = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      records.add(ModelRecord.random(random));
    }
    TagOptions options = whole.withProjection(projection);
    Map<String, List<Object>> columns = decode(options, ModelRecord.slice(records), 150).columns();
    assertEquals(options.emitsTags(), columns.containsKey("tags"));
    assertEquals(options.emitsOtherTags(), columns.containsKey("other_tags"));
    for (int row = 0; row < records.size(); row++) {
      if (options.emitsTags()) {
        Map<String, Object> expected = Reference.tags(records.get(row), whole);
        if (projection.names() != null) {
          expected.keySet().retainAll(projection.names());
        }
        assertEquals(expected, columns.get("tags").get(row), projection + " row " + row);
      }
      if (options.emitsOtherTags()) {
        List<Object> expected = Reference.otherTags(records.get(row), whole);
        assertEquals(expected, columns.get("other_tags").get(row), projection + " row " + row);
      }
    }
  }

  @Test
  void theStructHasOnlyTheProjectedFieldsInOrder() {
    TagOptions options = tags(OtherTags.OVERFLOW, false, false).withProjection(only("Yc", "NM"));
    List<Field> fields = schema(options).fields();
    assertEquals(List.of("tags"), fields.stream().map(Field::getName).toList());
    assertEquals(
        List.of("Yc", "NM"), fields.get(0).getChildren().stream().map(Field::getName).toList());
    assertEquals(options.listed(), schema(options).tagTypes());
  }

  /** Text that is not UTF-8 is refused where it is decoded. */
  @Test
  void onlyProjectedTagsAreDecoded() throws IOException {
    ModelRecord record = new ModelRecord().tag("NM", 'i', 7L).tag("MD", 'Z', "\u00ff");
    record.tag("XX", 'Z', "\u00ff");
    ArraySlice slice = ModelRecord.slice(List.of(record));
    TagOptions whole = tags(OtherTags.OVERFLOW, false, false);
    assertEquals(
        List.of(Map.of("NM", 7L)),
        decode(whole.withProjection(only("NM")), slice, 1).columns().get("tags"));
    for (TagProjection projection : List.of(only("MD"), ONLY_MAP, TagProjection.ALL)) {
      assertThrows(
          BamFormatException.class,
          () -> decode(whole.withProjection(projection), slice, 1),
          "" + projection);
    }
  }

  @Test
  void mismatchesAndDuplicatesFailIfTheirTagIsEmitted() throws IOException {
    ModelRecord mismatch = new ModelRecord().tag("NM", 'Z', "x").tag("MD", 'Z', "m");
    ModelRecord twice = new ModelRecord().tag("NM", 'i', 1L).tag("MD", 'Z', "m").tag("NM", 'i', 2L);
    for (ModelRecord record : List.of(mismatch, twice)) {
      for (TagOptions strict :
          List.of(tags(OtherTags.OVERFLOW, true, true), tags(OtherTags.NONE, false, false))) {
        ArraySlice slice = ModelRecord.slice(List.of(record));
        assertEquals(
            List.of(Map.of("MD", "m")),
            decode(strict.withProjection(only("MD")), slice, 1).columns().get("tags"));
        assertThrows(
            BamFormatException.class,
            () -> decode(strict.withProjection(only("NM", "MD")), slice, 1));
      }
      ArraySlice slice = ModelRecord.slice(List.of(record));
      TagOptions strict = tags(OtherTags.OVERFLOW, true, true);
      assertThrows(
          BamFormatException.class, () -> decode(strict.withProjection(ONLY_MAP), slice, 1));
      TagOptions lenient = tags(OtherTags.OVERFLOW, false, false);
      assertEquals(
          1, decode(lenient.withProjection(only("NM")), slice, 1).columns().get("tags").size());
    }
  }

  @Test
  void invalidFieldsAreAnErrorForAnyTagAndIgnoredWithoutTags() throws IOException {
    byte[] record =
        new RecordBytes().integer("NM", 'C', 1).text("MD", "m").raw('X', 'X', '?', 1).record();
    TagOptions whole = tags(OtherTags.OVERFLOW, false, false);
    for (TagProjection projection : List.of(only("NM"), only(), ONLY_MAP, TagProjection.ALL)) {
      assertThrows(
          BamFormatException.class,
          () -> decode(whole.withProjection(projection), new ArraySlice(record), 1),
          "" + projection);
    }
    TagOptions none = whole.withProjection(NOTHING);
    assertEquals(List.of(), schema(none).fields());
    assertEquals(Map.of(), decode(none, new ArraySlice(record), 1).columns());
  }

  @Test
  void invalidProjectionsAreErrors() {
    TagOptions whole = tags(OtherTags.OVERFLOW, false, false);
    refused(
        "tag 'XX' is requested, but the typed tags are [NM:i",
        () -> whole.withProjection(only("XX")));
    refused("duplicate tag", () -> only("NM", "NM"));
    refused("not the struct", () -> new TagProjection(List.of("NM"), false, true));
    refused(
        "requires listed tags, not mode AUTO",
        () -> TagOptions.defaults().withProjection(ONLY_MAP));
  }

  private static void refused(String why, org.junit.jupiter.api.function.Executable made) {
    String message = assertThrows(IllegalArgumentException.class, made).getMessage();
    assertTrue(message.contains(why), message);
  }

  private static TagProjection only(String... names) {
    return new TagProjection(List.of(names), true, false);
  }

  private static TagOptions tags(OtherTags other, boolean failOnMismatch, boolean failOnDuplicate) {
    List<TagType> types = Stream.of("NM:i", "MD:Z", "Yc:B:C", "Z0:f").map(TagType::parse).toList();
    return TagOptions.defaults()
        .withListed(types)
        .withOther(other)
        .withFailOnMismatch(failOnMismatch)
        .withFailOnDuplicate(failOnDuplicate);
  }

  private static BatchSchema schema(TagOptions options) {
    return new BatchSchema(NO_COLUMNS, options, options.listed());
  }

  private Decoded decode(TagOptions options, ArraySlice slice, int rows) throws IOException {
    BatchSchema schema = schema(options);
    try (SliceDecoder decoder = schema.newDecoder(allocator)) {
      return Decoded.of(schema, decoder, allocator, slice, rows);
    }
  }
}
