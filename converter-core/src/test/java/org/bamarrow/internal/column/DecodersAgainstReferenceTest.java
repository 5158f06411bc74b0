package org.bamarrow.internal.column;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.bamarrow.convert.CigarForm;
import org.bamarrow.convert.ColumnOptions;
import org.bamarrow.convert.ColumnProfile;
import org.bamarrow.convert.Coordinates;
import org.bamarrow.convert.OtherTags;
import org.bamarrow.convert.QualForm;
import org.bamarrow.convert.TagOptions;
import org.bamarrow.convert.TagType;
import org.bamarrow.convert.TagsMode;
import org.bamarrow.convert.TextEncoding;
import org.bamarrow.internal.bam.ArraySlice;
import org.bamarrow.io.BamFormatException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every decoder on random records, against a plain reference. */
class DecodersAgainstReferenceTest {
  private static final int[] ROWS = {0, 1, 7, 8, 9, 255, 256, 257, 3, 600, 0, 64};
  private static final List<String> ALL =
      Stream.concat(ColumnOptions.CORE.stream(), ColumnOptions.ON_DEMAND.stream()).toList();
  private static final TagOptions LISTED = tags(OtherTags.OVERFLOW, false, false);

  private final BufferAllocator allocator = new RootAllocator();

  @AfterEach
  void closeAllocator() {
    allocator.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void allColumnsInEveryFormAndBatchesOfAllSizesWithOneDecoder(long seed) throws IOException {
    Random random = new Random(seed);
    ColumnOptions columns =
        ColumnOptions.defaults()
            .withNames(ALL)
            .withCoordinates((seed & 1) != 0 ? Coordinates.ZERO_BASED : Coordinates.ONE_BASED)
            .withQual((seed & 2) != 0 ? QualForm.NUMBERS : QualForm.TEXT)
            .withCigar((seed & 4) != 0 ? CigarForm.OPS : CigarForm.TEXT)
            .withTextEncoding(random.nextBoolean() ? TextEncoding.LATIN_1 : TextEncoding.UTF_8);
    BatchSchema schema = new BatchSchema(columns, LISTED, LISTED.listed());
    try (SliceDecoder decoder = schema.newDecoder(allocator)) {
      for (int rows : ROWS) {
        requireReference(schema, decoder, columns, LISTED, records(rows, random));
      }
    }
  }

  @Test
  void aBatchOfMoreThanTwentyThousandRows() throws IOException {
    Random random = new Random(9);
    ColumnOptions columns = ColumnOptions.defaults();
    BatchSchema schema = new BatchSchema(columns, LISTED, LISTED.listed());
    try (SliceDecoder decoder = schema.newDecoder(allocator)) {
      requireReference(schema, decoder, columns, LISTED, records(20_001, random));
      requireReference(schema, decoder, columns, LISTED, records(1, random));
    }
  }

  @Test
  void theProfileRogtkHasTheSameValuesUnderItsNames() throws IOException {
    ColumnOptions columns = ColumnOptions.defaults().withProfile(ColumnProfile.ROGTK);
    BatchSchema schema = new BatchSchema(columns, TagOptions.NONE, List.of());
    try (SliceDecoder decoder = schema.newDecoder(allocator)) {
      List<ModelRecord> records = records(300, new Random(10));
      Decoded batch = requireReference(schema, decoder, columns, TagOptions.NONE, records);
      assertEquals(ColumnOptions.ROGTK, List.copyOf(batch.columns().keySet()));
    }
  }

  /** What earlier batches left in the decoder's memory shows in no byte of a later one. */
  @Test
  void aReusedDecoderGivesTheSameBytesAsANewOne() throws IOException {
    Random random = new Random(11);
    for (boolean forms : new boolean[] {false, true}) {
      ColumnOptions columns =
          ColumnOptions.defaults()
              .withNames(ALL)
              .withQual(forms ? QualForm.NUMBERS : QualForm.TEXT)
              .withCigar(forms ? CigarForm.OPS : CigarForm.TEXT);
      BatchSchema schema = new BatchSchema(columns, LISTED, LISTED.listed());
      try (SliceDecoder used = schema.newDecoder(allocator)) {
        for (int i = 0; i < 40; i++) {
          List<ModelRecord> records = records(random.nextInt(400), random);
          ArraySlice slice = ModelRecord.slice(records);
          Decoded reused = Decoded.of(schema, used, allocator, slice, records.size());
          try (SliceDecoder fresh = schema.newDecoder(allocator)) {
            Decoded first = Decoded.of(schema, fresh, allocator, slice, records.size());
            assertEquals(first.buffers(), reused.buffers());
          }
        }
      }
    }
  }

  @Test
  void aBatchMayBeginAnywhereInASlice() throws IOException {
    List<ModelRecord> records = records(700, new Random(12));
    ArraySlice slice = ModelRecord.slice(records);
    BatchSchema schema = new BatchSchema(ColumnOptions.defaults(), LISTED, LISTED.listed());
    try (SliceDecoder decoder = schema.newDecoder(allocator)) {
      Decoded part = Decoded.of(schema, decoder, allocator, slice, 300, 620);
      List<ModelRecord> of = records.subList(300, 620);
      requireSame(part, of, ColumnOptions.defaults(), LISTED);
    }
  }

  /** The first record that has to be refused is the one that the error names. */
  @Test
  void mismatchesAndDuplicatesWithEveryCombinationOfOptions() throws IOException {
    Random random = new Random(13);
    int refused = 0;
    int taken = 0;
    for (int i = 0; i < 600; i++) {
      OtherTags other = OtherTags.values()[i % 3];
      TagOptions options = tags(other, (i & 8) != 0, (i & 16) != 0);
      List<ModelRecord> records = records(i % 7, random);
      int bad = firstRefused(records, options);
      BatchSchema schema = new BatchSchema(ColumnOptions.defaults(), options, options.listed());
      try (SliceDecoder decoder = schema.newDecoder(allocator)) {
        requireReference(schema, decoder, ColumnOptions.defaults(), options, records);
        assertEquals(-1, bad);
        taken++;
      } catch (BamFormatException e) {
        assertEquals(65536L * (bad + 1), e.virtualOffset(), e.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 50 && taken > 50, refused + " refused, " + taken + " taken");
  }

  @Test
  void withoutTypedTagsTheMapHasAllTags() throws IOException {
    TagOptions options = TagOptions.NONE.withOther(OtherTags.ALL);
    BatchSchema schema = new BatchSchema(ColumnOptions.defaults(), options, List.of());
    try (SliceDecoder decoder = schema.newDecoder(allocator)) {
      List<ModelRecord> records = records(300, new Random(14));
      Decoded batch = requireReference(schema, decoder, ColumnOptions.defaults(), options, records);
      assertEquals(null, batch.columns().get("tags"));
    }
  }

  private static int firstRefused(List<ModelRecord> records, TagOptions options) {
    for (int row = 0; row < records.size(); row++) {
      try {
        Reference.tags(records.get(row), options);
      } catch (Reference.Refused e) {
        return row;
      }
    }
    return -1;
  }

  private Decoded requireReference(
      BatchSchema schema,
      SliceDecoder decoder,
      ColumnOptions columns,
      TagOptions tags,
      List<ModelRecord> records)
      throws IOException {
    ArraySlice slice = ModelRecord.slice(records);
    Decoded batch = Decoded.of(schema, decoder, allocator, slice, records.size());
    requireSame(batch, records, columns, tags);
    return batch;
  }

  private static void requireSame(
      Decoded batch, List<ModelRecord> records, ColumnOptions columns, TagOptions tags) {
    for (String name : columns.names()) {
      requireColumn(batch, name, records, (r, row) -> Reference.value(name, r, row, columns));
    }
    if (tags.mode() != TagsMode.NONE) {
      requireColumn(batch, "tags", records, (r, row) -> Reference.tags(r, tags));
    }
    if (tags.other() != OtherTags.NONE) {
      requireColumn(batch, "other_tags", records, (r, row) -> Reference.otherTags(r, tags));
    }
  }

  private static void requireColumn(
      Decoded batch,
      String name,
      List<ModelRecord> records,
      BiFunction<ModelRecord, Integer, Object> expected) {
    List<Object> values = batch.columns().get(name);
    assertEquals(records.size(), values.size(), name);
    for (int row = 0; row < records.size(); row++) {
      assertEquals(expected.apply(records.get(row), row), values.get(row), name + " of row " + row);
    }
  }

  private static TagOptions tags(OtherTags other, boolean failOnMismatch, boolean failOnDuplicate) {
    List<TagType> types = Stream.of("NM:i", "MD:Z", "Yc:B:C", "Z0:f").map(TagType::parse).toList();
    return TagOptions.defaults()
        .withListed(types)
        .withOther(other)
        .withFailOnMismatch(failOnMismatch)
        .withFailOnDuplicate(failOnDuplicate);
  }

  private static List<ModelRecord> records(int count, Random random) {
    List<ModelRecord> records = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      records.add(ModelRecord.random(random));
    }
    return records;
  }
}
